/** Why a lead looks as if no person had filled it in. */
const suspicions: Readonly<Record<string, string>> = {
  'hidden-field': 'заполнено поле, которого не видно',
  'filled-at-once': 'заполнена быстрее двух секунд',
}

/** Russian words for what happens to a lead, and what to do about it. */
export const wordsRu = {
  statuses: {
    partial: {
      label: 'Не закончена',
      advice: 'Человек не дошёл до конца формы. Такая заявка никуда не отправляется.',
    },
    queued: { label: 'В очереди', advice: 'Отправка идёт сама, делать ничего не нужно.' },
    verification: {
      label: 'Ждёт код',
      advice: 'Человеку отправлен код из СМС. Заявка пойдёт дальше, когда он его введёт.',
    },
    invalid: {
      label: 'Ждёт исправления',
      advice: 'Получатель просит исправить значения. Форма показала это человеку.',
    },
    uncertain: {
      label: 'Ответ потерялся',
      advice:
        'Ответ потерялся: возможно, заявка дошла. Проверьте в кабинете получателя и отметьте, дошла она или нет. До этого она никуда не отправляется.',
    },
    accepted: { label: 'Принята', advice: 'Получатель принял заявку.' },
    duplicate: { label: 'Повторная', advice: 'Такая заявка уже была. Делать ничего не нужно.' },
    declined: { label: 'Отказ', advice: 'Получатель отказал. Решение его, отправлять ещё раз не нужно.' },
    failed: {
      label: 'Не отправлена',
      advice: 'Отправить не удалось. Прочтите причину у получателя, исправьте её и отправьте ещё раз.',
    },
    stored: {
      label: 'Сохранена',
      advice: 'Заявка хранится здесь и никуда не отправляется: так настроена форма.',
    },
  },
  problems: {
    failed: 'Не удалось отправить: откройте и прочтите причину',
    refused: 'Получатель отверг ключ или параметры',
    uncertain: 'Проверьте в кабинете получателя, дошла ли',
    waiting: 'Получатель пока не отвечает, отправка повторится',
  },
  skipReasons: {
    'not-retriable': 'уже принята, решена или возможно дошла: ещё раз не отправляется',
    'unknown-lead': 'такой заявки нет',
    erased: 'удалена',
  },
  deliveries: {
    waiting: 'Ждёт отправки',
    decided: 'Есть ответ',
    failed: 'Не отправлена',
    uncertain: 'Ответ потерялся',
    passed: 'Передана дальше',
  },
  outcomes: {
    accepted: 'Принята',
    duplicate: 'Уже была у получателя',
    declined: 'Отказ',
    verification: 'Ждёт код из СМС',
    invalid: 'Просит исправить значения',
    unavailable: 'Получатель недоступен',
    refused: 'Получатель отверг ключ или параметры',
    unreadable: 'Ответ не удалось прочитать',
    uncertain: 'Ответа нет: возможно, дошла',
  },
  rules: {
    chosen: 'подходит по всем правилам',
    when: 'не подходит по условию (when)',
    share: 'не входит в долю (share)',
    hours: 'сейчас не часы получателя (hours)',
    cap: 'дневной предел выбран (capPerDay)',
    duplicate: 'заявка с этим телефоном уже была',
    'same-phone': 'ждёт исхода другой заявки с этим телефоном',
  },
  progress: {
    processing: 'обрабатывается',
    waiting: 'ждёт',
    approved: 'одобрена',
    declined: 'отказ',
    error: 'ошибка',
  },
  consentNames: {
    processing: 'Обработка персональных данных',
    transfer: 'Передача получателям',
    advertising: 'Реклама',
  },
  suspicions,
  messageKinds: { notification: 'Уведомление', postback: 'Постбэк' },
  messageStates: {
    waiting: 'ждёт',
    sending: 'отправляется',
    sent: 'отправлено',
    failed: 'не отправлено',
    uncertain: 'ответ потерялся',
  },
  auditActions: {
    'form-save': 'сохранение формы',
    'form-restore': 'возврат версии формы',
    'form-withdraw': 'снятие версии формы',
    'sign-in': 'вход',
    reveal: 'просмотр значений',
    search: 'поиск',
    retry: 'отправка ещё раз',
    'message-retry': 'повторная отправка сообщений',
    resolve: 'отметка о потерянном ответе',
    erase: 'удаление',
    export: 'выгрузка',
    backup: 'резервная копия',
    places: 'загрузка мест',
    revoke: 'отзыв подписи',
    reload: 'чтение настроек заново',
  },
}
