/** Short names of cities, by the folded full name. */
export const cityAliases: ReadonlyMap<string, readonly string[]> = new Map(
  `москва|мск
санкт петербург|спб|питер|петербург|ленинград
екатеринбург|екб|ебург|екат
нижний новгород|нижний|нн
новосибирск|новосиб|нск
ростов на дону|ростов|рнд
набережные челны|челны|набчелны
комсомольск на амуре|комсомольск
краснодар|крд
красноярск|крск
челябинск|челяба
магнитогорск|магнитка
минеральные воды|минводы`
    .split('\n')
    .map((line): [string, string[]] => {
      const [name = '', ...short] = line.split('|')
      return [name, short]
    }),
)
