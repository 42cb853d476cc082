/** Words about the sender's access, not about the person. */
const accessWords =
  /tokens?(?![a-z])|credential|webmaster|api[ _-]?key|(?:^|[^\p{L}])(?:токен\p{L}{0,3}|вебмастер\p{L}*|ключ\p{L}? api|api[- ]ключ\p{L}?)(?!\p{L})/iu

/** Words about somebody's access: the sender's, unless the text speaks of the person or of the loan. */
const anyAccessWords =
  /\baccess\b|authori[sz]|authenticat|forbidden|not (?:allowed|permitted)|permission|(?:account|partner) .*(?:block|disabl|activ|suspend|found)|(?:^|[^\p{L}])(?:доступ(?:а|у|е|ом)?|(?:не)?авториз\p{L}+|(?:недостаточно|нет) прав|(?:партн[её]р|аккаунт|пользователь) (?:заблок|откл|не найден)\p{L}*)(?!\p{L})/iu

/** Words about the person or the loan: what is said beside them is a lender's own no. */
const personWords =
  /\b(?:customers?|borrowers?|applicants?|loans?|credits?|regions?|ages?|declined|rejected)\b|(?:^|[^\p{L}])(?:клиент|за[её]мщик|за[её]м|займ|кредит|ссуд|бки|регион|возраст|отказ|отклон)/iu

/** Words that say that the provider cannot answer now. */
const laterWords =
  /too many requests|rate limit|try (?:it )?(?:again )?later|later again|temporar\w+ (?:un|over|out|not)|service (?:is )?(?:currently )?unavailable|(?:server|service|system) (?:is )?(?:busy|overload)|maintenance|(?:^|[^\p{L}])(?:слишком много запросов|(?:лимит|частота|количество|число) запросов|(?:повтор|попроб)\p{L}+(?: \p{L}+){0,4} (?:позже|позднее)|временно (?:не|перегру)\p{L}*|(?:сервис|сервер|система|служба|api)(?: временно)? (?:недоступ|не работает|не отвечает|перегруж)|техническ\p{L}+ работ)/iu

/** Words about a fault of the provider's server, which leave open whether it has the lead. */
const serverWords = /server error|internal|exception|timeout|timed out|внутренн|сервер|ошибка (?:базы|бд)/iu

/** A time after which a person may apply again. */
const longTime = /\d+\s*(?:days?|months?|дн|ден|сут|мес|недел)|через (?:день|сутки|неделю|месяц|год)/iu

/** Words that say that the provider knows this lead already. */
const duplicateWords =
  /duplicat|already (?:exist|been|regist|taken|submit|in use)|(?:^|[^\p{L}])(?:дубл|повторн\p{L}+ (?:заявк|лид|анкет)|уже (?:сущест|имеется|(?:есть )?в (?:базе|системе)|(?:был[аио]? )?(?:зарег|отправ|подан|принят|создан|добавл)))/iu

/** Whether a refusal speaks of the sender's access, which only the operator can correct. */
export function isAboutAccess(text: string): boolean {
  return accessWords.test(text) || (anyAccessWords.test(text) && !personWords.test(text))
}

/** Whether a refusal says that the provider cannot answer now, and nothing of the person. */
export function isAboutLater(text: string): boolean {
  return laterWords.test(text) && !personWords.test(text) && !longTime.test(text)
}

/** Whether a text may be about a fault of the provider's server. */
export function isAboutServer(text: string): boolean {
  return serverWords.test(text)
}

/** Whether a refusal says that the provider has the lead already, in whatever words. */
export function isAboutDuplicate(text: string): boolean {
  return duplicateWords.test(text)
}
