/** What people call cities for short, under the folded full name. */
export const shortNames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  `москва:мск
санкт петербург:спб,питер,петербург,ленинград
екатеринбург:екб,ебург,екат,свердловск
нижний новгород:нижний,нн
новосибирск:новосиб,нск
ростов на дону:ростов,рнд
набережные челны:челны,набчелны
краснодар:крд
красноярск:крск
челябинск:челяба
магнитогорск:магнитка
минеральные воды:минводы
калининград:кениг
волгоград:сталинград`
    .split('\n')
    .map((line) => {
      const [name = '', short = ''] = line.split(':')
      return [name, short.split(',')]
    }),
)
