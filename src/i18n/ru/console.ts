/**
 * What the console says to a page's author, in Russian. The keys are the English sentences and their parts, of which the
 * first that fits is used. `{name}` stands for any text, which is translated, too; ` …` for the rest of a sentence that
 * no other begins like.
 */
export const consoleRu: Readonly<Record<string, string>> = {
  // What is added to sentences.
  '{text}; did you mean "{name}"?': '{text}; возможно, «{name}»?',
  '{text}, did you mean "{name}"?': '{text}; возможно, «{name}»?',
  '{text}, got {type}': '{text}, получено: {type}',

  // The form as a whole.
  'the form could not be shown: {reason}': 'форма не показана: {reason}',
  'the relay refuses the lead for what the form does not ask: {names}':
    'сервер заявок не принимает заявку из-за того, о чём форма не спрашивает: {names}',
  'what the page changes …':
    'не удалось загрузить то, что страница меняет в форме; показана форма сервера заявок',
  'the calculator could not be loaded': 'калькулятор не загрузился',
  'styles could not be loaded': 'не удалось загрузить оформление',
  'texts could not be loaded': 'не удалось загрузить тексты',
  'a logo of an offer is …':
    'логотип предложения не показан: нужен файл самой страницы или сервера заявок либо data:image/…',
  'drafts are off: …':
    'черновики отключены: нужна страница с https и браузер, который разрешает ей хранить данные',
  'analytics could not be loaded': 'не удалось загрузить передачу целей в счётчики',
  'the list of places could …': 'не удалось загрузить список городов; город можно ввести самостоятельно',
  'the step that shows the answers could …': 'не удалось загрузить шаг с ответами',
  'what stores early leads could …': 'не удалось загрузить то, что сохраняет незаконченные заявки',
  'the dialog and the history of the form …': 'не удалось загрузить всплывающее окно и историю шагов',
  'the popup is inside a hidden element':
    'всплывающее окно находится внутри скрытого элемента, поэтому не открывается; вынесите элемент формы наружу',
  'the step for the code …': 'не удалось загрузить шаг для кода из СМС',
  '{name} could not be loaded': 'не удалось загрузить {name}',
  'a listener of the state failed ({reason})': 'ошибка в подписчике состояния ({reason})',
  'beforeSubmit failed, so the lead was not sent ({reason})':
    'ошибка в beforeSubmit, поэтому заявка не отправлена ({reason})',
  'expected { issues: [{ field, message }] } with a text as message':
    'ожидается { issues: [{ field, message }] }, где message – текст',
  'the rule "{name}" of the option "validate" failed ({reason})':
    'ошибка в правиле «{name}» параметра validate ({reason})',
  'a call that was made …': 'ошибка в вызове, сделанном до загрузки скрипта',
  '{name} failed': 'ошибка в {name}',
  'an application cannot be sent ({reason})': 'заявку нельзя отправить ({reason})',
  'the adapter failed unexpectedly ({reason})': 'непредвиденная ошибка в адаптере ({reason})',
  'issues in the options': 'ошибки в параметрах',

  // The relay.
  'the option "relay" (attribute data-relay) is missing': 'нет параметра relay (атрибут data-relay)',
  'the option "relay" (attribute data-relay) is "{relay}", expected https://<relay>/forms/<form>: {problem}':
    'параметр relay (атрибут data-relay) – «{relay}», ожидается https://<сервер>/forms/<форма>: {problem}',
  'the scheme is missing': 'не хватает https://',
  'the scheme is another one': 'адрес начинается не с https://',
  'the path is missing': 'не хватает пути',
  '"{query}" is ignored': '«{query}» не учитывается',
  '{relay} redirects: name {url} in its place': '{relay} перенаправляет: укажите {url}',
  '{relay} serves no definition of a form': 'по адресу {relay} нет описания формы',
  '{relay} answered {status}, no …': '{relay} отвечает {status}, описания формы в ответе нет',
  '{relay} answered {status}: {message}': '{relay} отвечает {status}: {message}',
  '{relay} does not answer': '{relay} не отвечает',
  '{relay} cannot be reached: …': '{relay} недоступен: адрес неверен или нет связи',
  'There is no form of that …':
    'Формы с таким именем здесь нет: сравните конец адреса (data-relay) с именами в разделе forms конфигурации сервера заявок.',
  'This form is not set …':
    'Форма настроена с ошибками: их перечисляет /healthz сервера заявок. Исправьте их и перезапустите сервер.',
  'There is nothing at this address.': 'По этому адресу ничего нет.',

  // The page.
  'there is no script of a form "{name}" on …': 'на странице нет скрипта формы «{name}» для',
  'there are several forms on the page: name one, such as {example}, on':
    'на странице несколько форм: укажите одну, например {example}, в',
  'the page has no place for the form: add {div}, or …':
    'на странице нет места для формы: добавьте {div} или перенесите тег скрипта из head в body:',
  'expected a selector such as …': 'ожидается селектор, например #open, или ничего',
  'expected data-target="#id-of-an-element" on': 'ожидается data-target="#id-элемента" в',

  'call Anketa.scan(shadowRoot) …':
    'вызовите Anketa.scan(shadowRoot) для формы, которая находится в shadow root у',

  // What a page may change.
  'expected that of the relay, …':
    'ожидается то же, слово в слово, что на сервере заявок, или ничего: сервер записывает своё',
  'expected the steps and the fields of the relay, {steps}: beside …':
    'ожидаются шаги и поля сервера заявок: {steps}. Страница может менять тексты и порядок внутри шага и сужать пределы и варианты',
  'expected none on a review': 'на шаге с ответами полей быть не может',
  'expected a step before …': 'ожидается другой шаг перед шагом с ответами',
  'expected the id of a step, one of {ids}': 'ожидается id шага, один из {ids}',
  'expected the id of a step': 'ожидается id шага',
  'expected the conditions …': 'ожидаются условия сервера заявок',
  'expected at least {limit}, the limit of the {owner}': 'ожидается не меньше {limit}, предел: {owner}',
  'expected at most {limit}, the limit of the {owner}': 'ожидается не больше {limit}, предел: {owner}',
  'expected at most {limit}, which …': 'ожидается не больше {limit}, это максимум',
  'expected "error", as …': 'ожидается "error", как на сервере заявок',
  'expected that of the form, or none': 'ожидается то же, что в форме, или ничего',
  "expected some of the form's options: {options}":
    'ожидаются варианты из числа имеющихся в форме: {options}',
  "expected some of the form's options": 'ожидаются варианты из числа имеющихся в форме',
  'the form has no such field, it has {names}': 'такого поля в форме нет, есть {names}',
  relay: 'сервер заявок',
  form: 'форма',

  // Options and their names.
  'the form has no such field': 'такого поля в форме нет',
  'the value given for "{name}" is …': 'значение для «{name}» неверно, или форма о нём не спрашивает',
  'the form does not ask for "{name}"': 'форма не спрашивает о «{name}»',
  'there is no option "{name}"': 'нет параметра «{name}»',
  'there is no attribute "{name}"': 'нет атрибута «{name}»',
  'there is no field "{name}"': 'нет поля «{name}»',
  'there is no such option': 'такого ключа нет',
  'there is no such text, only {names}': 'такого текста нет, есть {names}',
  'there is no such text': 'такого текста нет',
  'option "{name}" (attribute {attribute}): {problem}': 'параметр {name} (атрибут {attribute}): {problem}',
  'option "{name}": {problem}': 'параметр «{name}»: {problem}',
  'attribute "{name}": {problem}': 'атрибут «{name}»: {problem}',
  'expected the texts of the language "{locale}"; Russian is used for {names}':
    'нет текстов языка «{locale}»; по-русски показаны: {names}',
  'all of them': 'все',
  'the file answered {status}': 'вместо файла получен ответ {status}',
  'the file could not be …': 'файл не загрузился или это не JSON',

  // The form of a page.
  'expected the name of a preset ({names}), …':
    'ожидается имя готовой формы ({names}), адрес описания или само описание',
  'could not fetch {address}': 'не удалось загрузить {address}',
  '{address} answered {status}': '{address} отвечает {status}',
  'expected a unique id, {path} has the same': 'ожидается свой id: такой же у {path}',
  'expected each field once, {path} has …': 'поле может быть в форме один раз: оно уже есть в {path}',
  'expected the consent …':
    'ожидается согласие processing с "required": true: без него нельзя принимать персональные данные',
  'expected true for the …':
    'ожидается true у согласия processing: без него нельзя принимать персональные данные',
  "expected a field's name, one of {names}": 'ожидается имя поля, одно из: {names}',
  "expected a field's name": 'ожидается имя поля',
  'expected the name of a field …': 'ожидается имя поля или его части',
  'expected options with values that the field "{name}" accepts':
    'ожидаются варианты со значениями, которые принимает поле «{name}»',
  'expected at least one step': 'ожидается хотя бы один шаг',
  'expected whole years, 0–150': 'ожидается число полных лет, 0–150',

  // A provider without a relay.
  'expected the name of a provider ({names}) or …': 'ожидается имя получателя ({names}) или адаптер',
  '{provider} has no such option': 'такого параметра у {provider} нет',
  '{provider} accepts no application without {field}: the …':
    '{provider} не принимает заявку без {field}: форма должна об этом спрашивать',
  '{provider} gets nothing without the consent "{id}": …':
    '{provider} ничего не получит без согласия «{id}»: форма должна о нём спрашивать',
  '{option} can be read …':
    '{option} виден каждому, кто откроет страницу: так разрешено параметром exposeCredentials',
  'a secret of {provider}, which …':
    'секрет {provider}, который сможет прочитать и применить от вашего имени каждый, кто откроет страницу. Храните его на сервере заявок (параметр relay) или задайте exposeCredentials: true (атрибут data-expose-credentials="true"), если согласны с этим',

  "expected one of the {list}' codes, …": 'ожидается код из КЛАДР: 13 цифр в кавычках ({list})',

  // What is expected, and what was found.
  'expected {what}': 'ожидается: {what}',
  missing: 'не задано',
  'a list, each item of which is {item}': 'список, каждый элемент – {item}',
  'a text that is not empty': 'непустой текст',
  'a text': 'текст',
  'a name': 'название',
  'a number': 'число',
  'a whole number': 'целое число',
  'a function': 'функция',
  'a list': 'список',
  'a JSON object': 'объект JSON',
  'an object of functions': 'объект с функциями',
  'an object (in an attribute: JSON)': 'объект (в атрибуте – JSON)',
  'an object': 'объект',
  'a URL, https://…': 'адрес, https://…',
  'an address, https://…': 'адрес, https://…',
  'an absolute address without …': 'полный адрес без имени пользователя и пароля, https://…',
  'an image: a file beside …':
    'изображение: файл рядом с конфигурацией или страницей («logos/bank.svg»), адрес https://… или data:image/…;base64,…',
  'per cent a year, 0 or more': 'процентов годовых, от 0',
  'per cent a day, 0 or more': 'процентов в день, от 0',
  '"min" up to "max"': 'min не больше max',
  'the key "fullCost": …':
    'ключ fullCost рядом с ratePerDay: по закону полная стоимость займа стоит перед ставкой',
  'a text without a rate: …':
    'текст без ставки: по закону перед ней должна стоять полная стоимость займа, поэтому напишите ставку в ключе loan',
  'per cent a day, 0 to 100, …': 'процентов в день, от 0 до 100, не больше 4 цифр после точки',
  'whole days, 0 to 3650': 'целое число дней, от 0 до 3650',
  'the key "control": …': 'ключ "control": "slider" рядом с presets',
  '"control": "slider" only …': '"control": "slider" только у денег и срока, например amount и termDays',
  'a slider with "minimum" …': 'ползунок с minimum и maximum: целые числа больше 0, minimum меньше maximum',
  'presets from {minimum} to {maximum}, the …': 'значения presets от {minimum} до {maximum}, пределов поля',
  '1 to 6 values': 'от 1 до 6 значений',
  '{names} on a calculator': '{names} на шаге с калькулятором',
  '"amount" and "termDays"': 'amount и termDays',
  'the key "fullCost" beside …':
    'ключ fullCost рядом со ставкой: по закону полная стоимость займа стоит перед ней',
  'a title without a rate: …':
    'название без ставки: перед ней должна стоять полная стоимость займа, поэтому напишите ставку в ключе rate',
  'an address whose host …': 'адрес, в котором сайт написан целиком: макросы только после него',
  'an address with no macros but {macros} and attribution parameters such as {parameter}: values …':
    'адрес только с макросами {macros} и метками, например {parameter}: ответы человека в ссылки не попадают',
  'true or false': 'true или false',
  'something else': 'другое',
  'another value': 'другое значение',
  '{one}, or {other}': '{one} или {other}',
  '{one} or {other}': '{one} или {other}',
}
