import type { OptionName } from './options-table.ts'

/** What each option means, for the documentation and for editors. No page loads this file. */
export const optionDescriptions: Readonly<Record<OptionName, string>> = {
  relay: "The form's endpoint on a relay, which holds the definition, the documents and the secrets.",
  provider:
    'Posts straight to a provider, without a relay: its name, or (from npm) the adapter itself. Needs `form` and the documents.',
  providerOptions:
    "The provider's own options; each also as an attribute of its own, `data-provider-<option>`.",
  exposeCredentials:
    "`true` confirms that everybody who opens the page can read and use the provider's secret. Without it such a form does not start.",
  form: 'What the form asks for: the name of a preset, the URL of a definition, or the definition itself; also as JSON in a `<script type="application/json">` inside the element. With a relay it may only [narrow](embedding.md#what-may-a-page-change) the definition of the relay.',
  values:
    'Initial values, canonical or as people write them; each also as `data-value-<field>`. Never consents.',
  prefillFromUrl:
    "Fields that the page's URL may fill in: `amount,termDays` accepts `?amount=30000&termDays=30`. They take precedence over `values`.",
  locale: 'The language: `ru`, `en`, or another one whose texts are in `messages`. Default: `ru`.',
  messages: "Texts that replace the language's own, or the URL of a JSON file with them.",
  theme: 'Light, dark, or the setting of the device. Default: `light`.',
  look: 'A built-in look. Default: `plain`.',
  shadow: '`false` renders the form into the page itself, without a shadow root.',
  stylesheet:
    "Address of the page's own copy of the file with all styles. Only browsers without constructed style sheets load it.",
  channel: 'The channel of the traffic. May hold macros, which the URL fills in: `{utm_source}`.',
  subId1: 'A sub-id of the traffic. May hold macros.',
  subId2: 'A sub-id of the traffic. May hold macros.',
  subId3: 'A sub-id of the traffic. May hold macros.',
  subId4: 'A sub-id of the traffic. May hold macros.',
  subId5: 'A sub-id of the traffic. May hold macros.',
  attributionDays:
    "How many days the parameters of the first visit are kept beyond the session. Default: 0. The page's privacy policy has to mention it.",
  operator: 'Who processes the data: `name`, `address`, `withdrawalContact`.',
  policyUrl: "The operator's policy on personal data.",
  consents:
    'The consents, each with `id`, `required`, `documentUrl`, `version` and optionally `text`. None is ever ticked for the person.',
  consentUrl: 'Short form for a single consent to processing: its document.',
  consentVersion: 'Short form for a single consent to processing: the version of its document.',
  fields:
    'What the page changes of single fields: `label`, `hint`, `placeholder`, and `minimum`, `maximum` and `options` inside those of the definition; each limit also as an attribute of its own, `data-minimum-<field>`, `data-maximum-<field>`.',
  places: "The page's own list of places. It is used instead of the relay's.",
  passportExpiry: 'How an expired passport is reported: as a warning or as an error. Default: `warn`.',
  minimumAge: 'Whole years on the day of the application. Default: 18.',
  maximumAge: 'Whole years on the day of the application. Default: no limit.',
  metrika: 'Numbers of the Yandex Metrika counters that receive goals.',
  dataLayer: '`true` pushes goals to `window.dataLayer`; a name, to another list.',
  vk: 'A VK pixel (`VK-RTRG-…`) or the number of a Top.Mail.Ru counter that receives goals.',
  goalPrefix: 'Begins the name of every goal. Default: `loan_form_`.',
  variant:
    "The page's variant of the form, where variants are compared. Every goal has it beside the form's id, and every lead.",
  redirect:
    'Where to go once the lead is accepted, or stored for delivery. It goes before [that of the definition](after-the-outcome.md#redirects). May hold macros: `{leadId}`, `{number}`, `{outcome}`, and attribution parameters such as `{utm_source}`. The person sees the result for three seconds first.',
  redirectDeclined: 'Where to go when the application is declined. May hold the same macros.',
  redirectDuplicate: 'Where to go when the receiver has the application already. May hold the same macros.',
  history:
    "`true`: the phone's Back [returns to the previous step](embedding.md#how-does-the-phones-back-return-to-the-previous-step), and closes the popup.",
  popup:
    'The form opens [in a dialog](embedding.md#how-do-i-open-the-form-in-a-dialog) when a link to `#anketa` is pressed, or an element of this selector, such as `#open`.',
  draft:
    'How many minutes the browser [keeps the answers](embedding.md#how-do-i-keep-drafts) of a person who comes back, encrypted and without documents. Default: none are kept; `0` also deletes what was kept before.',
  test: 'Test mode: nothing leaves the page, the exact requests are shown, counters receive nothing.',
  validate:
    "The page's own rules: `{ field: (value, values) => message }`. A rule that returns nothing finds nothing wrong. They run after the form's own.",
  beforeSubmit:
    'Called with `{ leadId, values }` before a lead is sent, and awaited. If it returns `false` or `{ issues: [{ field, message }] }`, or throws, the lead is not sent, and the person sees that.',
  onReady: 'Called when the form is shown.',
  onStep: 'Called with `{ id, index, total, direction }` when another step is shown.',
  onIssues: 'Called with `{ step, codes }` when something has to be corrected.',
  onSubmit: 'Called with `{ leadId }` when a lead is about to be sent.',
  onOutcome: 'Called with `{ outcome, leadId }` when an answer has arrived.',
  onError: 'Called with `{ code }` when the form cannot be shown or a lead cannot be sent.',
  onOffer:
    'Called with `{ offer, outcome, leadId }` when the person opens an [offer](after-the-outcome.md#offers); the first one has the number 1.',
}
