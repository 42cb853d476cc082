import type { OptionName } from './options-table.ts'

/** What each option is for, in words: for the documentation and for editors. No page loads them. */
export const optionDescriptions: Readonly<Record<OptionName, string>> = {
  relay: "The form's endpoint on a relay, which holds the definition, the documents and the secrets.",
  provider:
    'Post straight to a provider, without a relay: its name, or (from npm) the adapter itself. Needs `form` and the documents.',
  providerOptions:
    "The provider's own options; each also as an attribute of its own, `data-provider-<option>`.",
  exposeCredentials:
    "`true` accepts that everybody who opens the page can read and use the provider's secret. Without it such a form does not start.",
  form: 'What is asked: the name of a preset, the address of a definition, or the definition itself; as JSON also in a `<script type="application/json">` inside the element.',
  values:
    'Values to begin with, canonical or as people write them; each also as `data-value-<field>`. Never consents.',
  prefillFromUrl:
    "Fields that the page's address may fill in: `amount,termDays` takes `?amount=30000&termDays=30`. They go before `values`.",
  locale: 'The language: `ru`, `en`, or another one whose texts stand in `messages`. `ru` unless given.',
  messages: "Texts in place of the language's own, or the address of a JSON file with them.",
  theme: 'Light, dark, or as the device is set. `light` unless given.',
  look: 'A ready look; `plain` unless given.',
  shadow: '`false` draws the form into the page itself, without a shadow root.',
  channel: 'The channel of the traffic. May hold macros, which the address fills in: `{utm_source}`.',
  subId1: 'A mark of the traffic; may hold macros.',
  subId2: 'A mark of the traffic; may hold macros.',
  subId3: 'A mark of the traffic; may hold macros.',
  subId4: 'A mark of the traffic; may hold macros.',
  subId5: 'A mark of the traffic; may hold macros.',
  attributionDays:
    "Days that the first visit's marks are remembered for, beyond the session; 0 unless given. The page's policy has to tell of it.",
  operator: 'Who processes the data: `name`, `address`, `withdrawalContact`.',
  policyUrl: "The operator's policy on personal data.",
  consents:
    'The consents, each with `id`, `required`, `documentUrl`, `version` and perhaps `text`. None is ever ticked for the person.',
  consentUrl: 'Short for the consent to processing alone: its document.',
  consentVersion: 'Short for the consent to processing alone: the version of its document.',
  places: "The page's own list of places, which goes before the relay's.",
  passportExpiry: 'What an outdated passport is: a remark, or an error. `warn` unless given.',
  minimumAge: 'Whole years on the day of the application; 18 unless given.',
  maximumAge: 'Whole years on the day of the application; none unless given.',
  metrika: 'Numbers of Yandex Metrika counters that are told of goals.',
  dataLayer: '`true` tells `window.dataLayer` of goals; a name, another list.',
  vk: 'A VK pixel (`VK-RTRG-…`) or the number of a Top.Mail.Ru counter that is told of goals.',
  redirect:
    'Where to go once the lead is accepted; `{leadId}` stands for its id. Counters are waited for, 0.7 seconds at most.',
  test: 'Test mode: nothing leaves the page, the exact requests are shown, counters are told nothing.',
  beforeSubmit:
    'Called with `{ leadId, values }` before a lead leaves, and waited for. `false`, or an exception, keeps the lead, and the person is told so.',
  onReady: 'Called when the form is shown.',
  onStep: 'Called with `{ id, index, total, direction }` when another step is shown.',
  onIssues: 'Called with `{ step, codes }` when something is to be corrected.',
  onSubmit: 'Called with `{ leadId }` when a lead is about to be sent.',
  onOutcome: 'Called with `{ outcome, leadId }` when an answer has come.',
  onError: 'Called with `{ code }` when a form cannot be shown or a lead not be sent.',
}
