/** Words about the sender's access, not about the person. */
const accessWords =
  /tokens?(?![a-z])|\baccess\b|\bunauthori[sz]ed\b|\bnot (?:authori[sz]ed|allowed|permitted)\b|\bauthenticat|\bauthoris?z?ation\b|\bforbidden\b|\bcredentials?\b|\bpermissions?\b|\bwebmaster|\bapi[ _-]?key\b|\b(?:account|partner|user|webmaster) (?:is |was |has been )?(?:blocked|disabled|inactive|suspended|not found)\b|(?:^|[^\p{L}])(?:токен\p{L}{0,3}|доступ(?:а|у|е|ом)?|(?:не)?авториз\p{L}+|вебмастер\p{L}*|недостаточно прав|нет прав|ключ\p{L}? (?:api|апи)|api[- ]?ключ\p{L}?|(?:партн[её]р|аккаунт|уч[её]тная запись|пользователь) (?:за)?блокирован\p{L}*|(?:партн[её]р|аккаунт|пользователь) (?:отключ[её]н|не найден))(?![\p{L}])/iu

/** Words that say that the provider knows this lead already. */
const duplicateWords =
  /\bduplicat(?:e[sd]?|ion)\b|\balready (?:exists?|been (?:taken|sent|submitted|registered)|registered|taken|submitted|in use)\b|(?:^|[^\p{L}])(?:дубл(?:ь|я|и|икат\p{L}*|ир\p{L}+)|повторн\p{L}+ (?:заявк|лид|анкет|обращени)\p{L}*)(?!\p{L})|(?:^|[^\p{L}])уже (?:существует|имеется|в базе|есть в (?:базе|системе)|(?:был[аио]? )?(?:зарегистрирован|отправлен|подан|принят|создан|добавлен)\p{L}*)(?!\p{L})/iu

/** Whether a refusal speaks of the sender's access, which only the operator can correct. */
export function isAboutAccess(text: string): boolean {
  return accessWords.test(text)
}

/** Whether a refusal says that the provider has the lead already, in whatever words. */
export function isAboutDuplicate(text: string): boolean {
  return duplicateWords.test(text)
}
