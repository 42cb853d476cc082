/** Folded Russian names by the folded English ones that are not transliterations. */
export const englishNames: ReadonlyMap<string, string> = new Map(
  `москва|moscow
санкт петербург|saint petersburg|st petersburg|sankt petersburg
ростов на дону|rostov on don
комсомольск на амуре|komsomolsk on amur
николаевск на амуре|nikolayevsk on amur|nikolaevsk on amur
славянск на кубани|slavyansk on kuban
архангельск|archangel
тольятти|togliatti`
    .split('\n')
    .flatMap((line) => {
      const [name = '', ...english] = line.split('|')
      return english.map((one): [string, string] => [one, name])
    }),
)
