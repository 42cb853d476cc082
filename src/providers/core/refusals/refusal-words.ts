/** Words about the sender's access, not about the person. */
const accessWords =
  /tokens?(?![a-z])|\baccess\b|authori[sz]|authenticat|forbidden|not (?:allowed|permitted)|credential|permission|webmaster|api[ _-]?key|(?:account|partner) .*(?:block|disabl|activ|suspend|found)|(?:^|[^\p{L}])(?:токен\p{L}{0,3}|доступ(?:а|у|е|ом)?|(?:не)?авториз\p{L}+|вебмастер\p{L}*|(?:недостаточно|нет) прав|ключ\p{L}? api|api[- ]ключ\p{L}?|(?:партн[её]р|аккаунт|пользователь) (?:заблок|откл|не найден)\p{L}*)(?!\p{L})/iu

/** Words that say that the provider knows this lead already. */
const duplicateWords =
  /duplicat|already (?:exist|been|regist|taken|submit|in use)|(?:^|[^\p{L}])(?:дубл|повторн\p{L}+ (?:заявк|лид|анкет)|уже (?:сущест|имеется|(?:есть )?в (?:базе|системе)|(?:был[аио]? )?(?:зарег|отправ|подан|принят|создан|добавл)))/iu

/** Whether a refusal speaks of the sender's access, which only the operator can correct. */
export function isAboutAccess(text: string): boolean {
  return accessWords.test(text)
}

/** Whether a refusal says that the provider has the lead already, in whatever words. */
export function isAboutDuplicate(text: string): boolean {
  return duplicateWords.test(text)
}
