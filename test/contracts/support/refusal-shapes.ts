/** Responses that refuse a lead with a text, in the shapes that interfaces use. The text must be kept. */
export const textShapes: Readonly<Record<string, (text: string) => unknown>> = {
  'a text under error': (text) => ({ error: text }),
  'a list under errors': (text) => ({ errors: [text] }),
  'a text under errors': (text) => ({ errors: text }),
  'an object under errors': (text) => ({ errors: { message: text } }),
  'a list of objects': (text) => ({ errors: [{ code: 5, message: text }] }),
  'lists in lists': (text) => ({ errors: [[[{ message: text }]]] }),
  'a list with gaps, as PHP writes it': (text) => ({ errors: { 0: text, 2: text } }),
  'a list of anything': (text) => ({ errors: [null, 5, true, {}, [], text] }),
  'an error with a code': (text) => ({ error: { code: 5, message: text } }),
  'an error of another spelling': (text) => ({ errorMessage: text }),
  'an error with a capital letter': (text) => ({ Error: text }),
  'a code and a message of an error': (text) => ({ error_code: 7, error_msg: text }),
  'a status and a message': (text) => ({ status: 'error', message: text }),
  'a status that says no': (text) => ({ status: 'declined', message: text }),
  'success: false': (text) => ({ success: false, message: text }),
  'success: 0': (text) => ({ success: 0, message: text }),
  'success: "0"': (text) => ({ success: '0', message: text }),
  'ok: false': (text) => ({ ok: false, description: text }),
  'a result that says no': (text) => ({ result: 'rejected', reason: text }),
  'an error without a result': (text) => ({ result: null, error: text }),
  'JSend: a reason below data': (text) => ({ status: 'fail', data: { reason: text } }),
  'an error below data': (text) => ({ data: { errors: [text] } }),
  'a status below data': (text) => ({ data: { status: 'error', message: text } }),
  'an error below the response': (text) => ({ response: { error: text } }),
  'an error below the result': (text) => ({ result: { error: text } }),
  'an error in place of what was added': (text) => ({ result: [{ error: text }] }),
  'an id of null beside an error': (text) => ({ result: [{ id: null, error: text }] }),
  'a no beside the id of the lead that is there': (text) => ({ success: false, id: 5, errors: [text] }),
  'a no with such an id below data': (text) => ({ result: 'bad', data: { id_lead: 5 }, errors: [text] }),
  'an error with 0 in place of an id': (text) => ({ id: 0, data: { id: '0' }, error: text }),
  'a list of errors': (text) => [{ error: text }],
  'JSON-RPC': (text) => ({ jsonrpc: '2.0', error: { code: -32_000, message: text }, id: null }),
  'a refusal that repeats the request': (text) => ({
    errors: [text],
    data: { phone: '+79000000042', main: { phone: '+79000000042' }, birthday: '05.09.1990', email: 'a@b.ru' },
  }),
}

/** Bodies that mean a refusal only with a status that refuses the request. */
export const shapesOfRefusedRequests: Readonly<Record<string, (text: string) => unknown>> = {
  'a message alone': (text) => ({ message: text }),
  'a code and a message': (text) => ({ code: 400, message: text }),
  'a detail': (text) => ({ detail: text }),
  'a problem (RFC 9457)': (text) => ({ type: 'about:blank', status: 400, detail: text }),
}

/** Errors that name a parameter, in the shapes that interfaces use. */
export const namedShapes: Readonly<Record<string, (name: string, text: string) => unknown>> = {
  'a list under the name': (name, text) => ({ errors: { [name]: [text] } }),
  'a text under the name': (name, text) => ({ errors: { [name]: text } }),
  'messages by rule under the name': (name, text) => ({ errors: { [name]: { required: text } } }),
  'a list under the name, below data': (name, text) => ({
    success: false,
    message: 'Validation Error.',
    data: { [name]: [text] },
  }),
  'an object with a field': (name, text) => ({ errors: [{ field: name, message: text }] }),
  'an object with a code': (name, text) => ({ errors: [{ code: name, message: text }] }),
  'an object with a key': (name, text) => ({ errors: [{ key: name, text }] }),
  'an object with a property': (name, text) => ({
    errors: [{ property: `data.main.${name}`, message: text }],
  }),
  'an object with a path': (name, text) => ({ errors: [{ path: ['data', name], message: text }] }),
  'an object with a place (FastAPI)': (name, text) => ({
    status: 'error',
    detail: [{ loc: ['body', name], msg: text }],
  }),
  'an object with a pointer (JSON:API)': (name, text) => ({
    errors: [{ source: { pointer: `/data/attributes/${name}` }, detail: text }],
  }),
  'an error in place of what was added': (name, text) => ({
    result: [{ errors: [{ field: name, message: text }] }],
  }),
  'a sentence': (name, text) => ({ errors: [`Field "${name}" error: ${text}`] }),
  'a sentence with the whole path': (name, text) => ({
    errors: [`Field "data.main.${name}" error: ${text}`],
  }),
  'a sentence with brackets': (name, text) => ({ errors: [`Field data[main][${name}] error: ${text}`] }),
  'a sentence in capital letters': (name, text) => ({
    errors: [`Field "${name.toUpperCase()}" error: ${text}`],
  }),
  'a sentence with markup': (name, text) => ({ errors: [`Field "${name}" error: <b class="e">${text}</b>`] }),
}

/** Texts about the sender's access. */
export const accessTexts: readonly string[] = [
  ['Invalid token', 'invalid_token', 'InvalidToken', 'Wrong API key', 'Invalid api_key', 'Access denied'],
  ['Unauthorized', 'Not authorized', 'Forbidden', 'You are not allowed to do this', 'Account is blocked'],
  ['Wrong credentials', 'Permission denied', 'Webmaster not found', 'webmaster_id is inactive'],
  ['Неверный токен', 'Токены устарели', 'Токена нет', 'Доступ запрещён', 'Нет доступа', 'Недостаточно прав'],
  ['Ошибка авторизации', 'Пользователь не авторизован', 'Неавторизованный запрос', 'Неправильный ключ API'],
  ['Неверный API-ключ', 'Вебмастер не найден', 'Партнёр заблокирован', 'Партнер отключен'],
].flat()

/** Texts that say that the provider cannot answer now, and has not taken the lead. */
export const laterTexts: readonly string[] = [
  ['Too many requests', 'too many requests.', 'Rate limit exceeded', 'Too many requests, try again later'],
  ['Service unavailable', 'Service is temporarily unavailable', 'Server is busy', 'Maintenance'],
  ['Temporarily overloaded', 'Too many requests with this token', 'Слишком много запросов'],
  [
    'Превышен лимит запросов',
    'Сервис временно недоступен',
    'Сервис недоступен',
    'Слишком много запросов к серверу',
  ],
  ['Сервис недоступен, попробуйте позже', 'Ведутся технические работы', 'Сервер перегружен'],
  ['Доступ к сервису временно недоступен', 'Превышение лимита запросов', 'Сервер временно недоступен'],
].flat()

/** Texts about a fault of the provider's server, which leave open whether it has taken the lead. */
export const faultTexts: readonly string[] = [
  ['Внутренняя ошибка сервера. Попробуйте позже', 'Timeout, try again later', 'Сервер временно не отвечает'],
  ['Internal server error, please try again later', 'Ошибка системы. Повторите попытку позже'],
  ['Внутренняя ошибка: сервис временно недоступен', 'Техническая ошибка, попробуйте позднее'],
].flat()

/** Texts that say that the provider has the lead already. */
export const duplicateTexts: readonly string[] = [
  [
    'Lead duplicate',
    'Lead duplicate.',
    'LEAD DUPLICATE!',
    'Duplicate lead',
    'Lead is duplicated',
    'duplicate',
  ],
  [
    'Error: Lead duplicate',
    'Duplicates are not accepted',
    'Lead already exists',
    'Phone is already registered',
  ],
  ['This application has already been submitted', 'The phone has already been taken.'],
  ['Повторная заявка. Попробуйте позже', 'Lead duplicate, try again later'],
  ['Lead already exists. Service is temporarily unavailable'],
  ['Дубль', 'Дубль заявки', 'Дубликат', 'Заявка-дубликат', 'Повторная заявка', 'Такая заявка уже существует'],
  ['Лид уже существует', 'Клиент уже зарегистрирован', 'Телефон уже есть в базе', 'Заявка уже была принята'],
].flat()

/** Texts that refuse the lead and nothing else, although they hold words of the other lists. */
export const otherTexts: readonly string[] = [
  [
    'Регион не обслуживается',
    'Недоступно для вашего региона',
    'Превышен лимит заявок',
    'Daily limit exceeded',
  ],
  ['У клиента уже есть действующий заём', 'Too young', 'Клиент в чёрном списке', 'Accessible from 18 years'],
  ['Займы недоступны', 'Отказ', 'Not accepted'],
  // A lender's own words about access and time.
  [
    'Доступ к займу закрыт',
    'Клиент не авторизован в личном кабинете',
    'Нет доступа к займам в вашем регионе',
  ],
  ['Customer is not authorized', 'Access to loans is denied', 'Loan is not permitted at this age'],
  [
    'Отказ. Попробуйте позже',
    'Повторите попытку через 30 дней, не позже',
    'Application rejected, try again later',
  ],
  [
    'Please try again later',
    'Try later',
    'Повторите попытку позже',
    'Попробуйте позже',
    'Временно не выдаём',
  ],
  ['Попробуйте отправить заявку позднее', 'К сожалению, мы не можем одобрить вашу заявку. Попробуйте позже'],
  ['Your application was not approved. Try again later', 'Сервис недоступен в вашем городе'],
  ['Решение системы скоринга: нет. Сервер временно не отвечает', 'Слишком много запросов по этому паспорту'],
  ['Клиент временно не обслуживается', 'Слишком много запросов в БКИ', 'Заём временно недоступен'],
].flat()
