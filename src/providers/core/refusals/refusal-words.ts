/** Words about the sender's access, not about the person. */
const accessWords =
  /tokens?(?![a-z])|credential|webmaster|api[ _-]?key|(?:^|[^\p{L}])(?:токен\p{L}{0,3}|вебмастер\p{L}*|ключ\p{L}? api|api[- ]ключ\p{L}?)(?!\p{L})/iu

/** Words about somebody's access: the sender's, unless the text speaks of the person or of the loan. */
const anyAccessWords =
  /\baccess\b|authori[sz]|authenticat|forbidden|not (?:allowed|permitted)|permission|(?:account|partner) .{0,80}(?:block|disabl|activ|suspend|found)|(?:^|[^\p{L}])(?:доступ(?:а|у|е|ом)?|(?:не)?авториз\p{L}+|(?:недостаточно|нет) прав|(?:партн[её]р|аккаунт|пользователь) (?:заблок|откл|не найден)\p{L}*)(?!\p{L})/iu

/** Words about the person or the loan: what is said beside them is a lender's own no. */
const personWords =
  /\b(?:customers?|borrowers?|applicants?|loans?|credits?|regions?|ages?|declined|rejected)\b|(?:^|[^\p{L}])(?:клиент|за[её]мщик|за[её]м|займ|кредит|ссуд|бки|регион|возраст|отказ|отклон)/iu

/** Words of a decision about this lead, or of whom it is about: what is said beside them is a lender's own no, too. */
const decisionWords =
  /application|approv|reject|declin|scor(?:e|ing)|\b(?:phone|passport|city|country|for you)\b|(?:^|[^\p{L}])(?:заявк|анкет|(?:не)?одобр|скоринг|решени|телефон|паспорт|город|стран[аеуы]|для вас)/iu

/** Words of a server that refuses a call before it reads it: of too many requests, of its load, of work on it. */
const notTakenWords =
  /too many requests|rate limit|(?:server|service|system|api)(?: (?:is|are|currently|temporarily)){0,3} (?:unavailable|not available|out of service|down|busy|overloaded)|temporarily (?:overloaded|out of service)|maintenance|(?:^|[^\p{L}])(?:слишком много запросов|(?:лимит\p{L}?|частот\p{L}|количеств\p{L}|числ\p{L}) запросов)(?: (?:к|на|от) \p{L}+)?|(?:^|[^\p{L}])(?:(?:сервис|сервер|систем|служб|api)\p{L}{0,3}(?: (?:временно|сейчас|пока)){0,2} (?:недоступ|не работает|перегруж|занят|приостанов|отключ)|временно перегруж|нагрузк\p{L} на (?:сервер|систем)|техническ\p{L}+ работ)\p{L}*/giu

/** Words that ask to come again, which servers and lenders use alike. */
const laterWords =
  /try (?:it )?(?:again )?later|later again|temporar|not respond|(?:^|[^\p{L}])(?:(?:повтор|попроб)\p{L}+(?: \p{L}+){0,4} (?:позже|позднее)|временно|не отвечает)/iu

/** Words about a fault of the provider's server, which leave open whether it has the lead. */
const serverWords =
  /(?:server|system|service|technical) (?:error|failure|fault)|internal|exception|timeout|timed out|внутренн|сервер|ошибка (?:базы|бд)|техническ\p{L}{1,4} (?:ошибк|сбо|неполад|проблем)|(?:ошибк[аи]|сбой) (?:в )?(?:сервис|систем)|(?:сервис|система|служба|api)(?: временно)? не отвечает|(?:service|system|api) (?:is |does )?not respond/iu

/** A time after which a person may apply again. */
const longTime = /\d\s{0,9}(?:days?|months?|дн|ден|сут|мес|недел)|через (?:день|сутки|неделю|месяц|год)/iu

/** Words that say that the provider knows this lead already. */
const duplicateWords =
  /duplicat|already (?:exist|been|regist|taken|submit|in use)|(?:^|[^\p{L}])(?:дубл|повторн\p{L}+ (?:заявк|лид|анкет)|уже (?:сущест|имеется|(?:есть )?в (?:базе|системе)|(?:был[аио]? )?(?:зарег|отправ|подан|принят|создан|добавл)))/iu

/** Whether a refusal speaks of the sender's access, which only the operator can correct. */
export function isAboutAccess(text: string): boolean {
  return accessWords.test(text) || (anyAccessWords.test(text) && !personWords.test(text))
}

/**
 * Whether a refusal says that the provider cannot answer now, and nothing of the person or of a decision. "Try later"
 * counts only beside a fault of the server: alone it is a lender's polite no.
 */
export function isAboutLater(text: string): boolean {
  return (
    (text.search(notTakenWords) >= 0 || (serverWords.test(text) && laterWords.test(text))) && !isOwnNo(text)
  )
}

/** Whether a text about a moment leaves open that the provider has the lead: it speaks of more than a refused call. */
export function leavesOpenArrival(text: string): boolean {
  const rest = text.replace(notTakenWords, ' ')
  return rest === text || serverWords.test(rest)
}

/** Whether a text may be about the provider's server, as its status is, and not about the lead. */
export function mayBeAboutServer(text: string): boolean {
  return (
    serverWords.test(text) || text.search(notTakenWords) >= 0 || (laterWords.test(text) && !isOwnNo(text))
  )
}

function isOwnNo(text: string): boolean {
  return personWords.test(text) || decisionWords.test(text) || longTime.test(text)
}

/** Whether a refusal says that the provider has the lead already, in whatever words. */
export function isAboutDuplicate(text: string): boolean {
  return duplicateWords.test(text)
}
