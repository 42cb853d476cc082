import type { ProviderName } from '../../src/providers/registry.ts'
import { renderTable } from './markdown.ts'

/** A provider that only a relay has. */
export type RelayProviderName = 'webhook' | 'http'

/**
 * What each option of a provider means, in Markdown. For docs/providers.md and for editors. `baseUrl` and `fields`, which
 * every provider has, are described above the tables.
 */
export const providerOptionDescriptions: Readonly<Record<ProviderName, Readonly<Record<string, string>>>> = {
  devtek: {
    idWebmaster: 'id of the webmaster',
    token: "secret; from Devtek's administrator",
    noPatronymic: 'sent if a person has no patronymic: `"Нет"` unless given; `false` sends nothing',
    signedConsentUrl:
      'link to a signed consent, a PDF that only Devtek may read; `{leadId}` and other facts about the lead are filled in. The [signed consents](privacy.md#how-do-i-send-a-signed-consent) of the relay go before it',
    placesBaseUrl: 'address of the lists of places, if it differs: `https://api.devtek.io`',
  },
  admitad: {
    mode: '`create` (the default): any number of campaigns; `sync`: one, a bank that confirms the phone by a code in an SMS',
    websiteId: 'id of the website',
    campaigns:
      'for `create`: ids, lists of ids that go together, `{ "ids": […], "pause": minutes }`, a pause up to 1440',
    campaignId: 'for `sync`: the id of the campaign',
    clientId: "the client's id",
    clientSecret: 'secret; obtains access tokens, together with `clientId`',
    accessToken:
      'secret; instead of `clientId` and `clientSecret`, a token that you obtained yourself; it is not renewed',
    testMode: '`true`: nothing reaches the campaigns',
    personalDataAgent: "source of the traffic: your legal name or site; the landing page's site unless given",
    receivedDate:
      'the date of receipt: `"consent"` (the default, the day of the consent), `"receipt"`, or `false` for none',
    consent: 'id of the consent whose text names the recipients; `transfer` unless given',
    noPatronymic:
      'sent if a person has no patronymic; unless given, nothing, or `"Нет"` if a campaign requires `middle_name`; `false` sends nothing',
    valueMaps: `your campaigns' names of values, by parameter and value: \`{ "gender": { "male": "m" } }\``,
  },
  lotinfo: {
    token: 'secret; sent in the address of the call, as the document requires: keep it out of logs',
    tokenName: "`token`, or `TOKEN` as in the document's sample",
    userId: 'the user to whom the client belongs',
    apiIdOffset:
      "added to the lead's number, which is sent as `apiIdExchange`; set it when a new database begins at 1 again",
    regionId: 'the region of every client; unless given, that of the lead, by id or by name',
    cityId: 'the city of every client; unless given, that of the lead; with it, the region is not sent',
    userCategory: 'groups, a list of ids',
    clientType: '0 person, 1 agent, 2 other, 3 developer, 4 contractor',
    clientc: '1 client, 2 counterparty, 3 lead (unless given)',
    agency: 'name of the organisation, where `clientType` is not 0; a template',
    deeps: 'legal capacity by age: 1 under 14, 2 minor, 3 adult',
    deepon: 'legal capacity: 1 capable, 2 of limited capability, 3 incapable',
    description: 'a note about the client, a template',
    objects:
      'a list of `{ "id", "name", "lpr", "doled" }`, names are templates, `doled` is a share such as 1/3',
    orders: 'a list of `{ "id", "name" }`, texts are templates',
    comments: 'a list of templates, instead of the comment about the loan',
    spy: "1: the CRM tracks the activity of the client's phones",
    encoding: '1: answers spell Cyrillic as `\\uXXXX`',
  },
  fivecrm: {
    method: 'what a lead becomes: `deal` (the default), `form`, `contact`, `company` or `task`',
    publicToken: 'made for pages, not secret',
    secretToken: 'secret; only the list of managers needs it',
    funnelId: "id from the CRM's own list of funnels (deal)",
    stageId: "id from the CRM's own list of stages (deal)",
    sourceId: "id from the CRM's own list of sources (deal)",
    statusId: "id from the CRM's own list of statuses (deal, task)",
    typeId: "id from the CRM's own list of types (deal, task)",
    priorityId: "id from the CRM's own list of priorities (task)",
    managerId: "id from the CRM's own list of managers (deal, contact, company, task)",
    authorId: "id from the CRM's own list of managers (deal, contact, company, task)",
    companyId: "id from the CRM's own list of companies (contact)",
    name: 'a template (deal, company, task)',
    description: 'a template, instead of the note about the loan (form, deal, task)',
    dateExpired: 'when a task is due, a template; its format is not documented (task)',
    estimateDay: 'how long the task takes: days (task)',
    estimateHour: 'how long the task takes: hours (task)',
    estimateMinute: 'how long the task takes: minutes (task)',
  },
}

/** The same for the providers that only a relay has. */
export const relayProviderOptionDescriptions: Readonly<
  Record<RelayProviderName, Readonly<Record<string, string>>>
> = {
  webhook: {
    url: 'where leads are posted; `{ "env": "NAME" }` if it holds a secret',
    secret:
      'secret; `whsec_` and base64 of 24 to 64 bytes; several, separated by spaces, give several signatures',
    name: "the destination's name in the log and in `/healthz`, as `id` gives it to others",
    allowPrivate: '`true`: also addresses of private networks, and plain http',
  },
  http: {
    url: 'the address of the interface; `{ "env": "NAME" }` if it holds a secret',
    method: '`POST` (the default), `PUT`, `PATCH` or `GET`',
    format:
      'how `fields` are written: `json` (the default), `form` or `query`, which is the default of `GET` and puts personal data into addresses',
    headers:
      'headers by name, `{ "env": "NAME", "prefix": "Bearer " }` for a secret; `accept` and `content-type` are set',
    fields: 'what is sent, by the path in the body: see below; `null` leaves out what the definition sends',
    outcomes: 'what the answers mean: see below',
    retry:
      '`if-not-sent` (the default): a call without an answer is not repeated; `safe`: it is, because the interface knows a repetition',
    definition: 'the name of a ready definition; the other options go before it',
    requires:
      'the fields without which the interface takes no lead: a form that does not ask for them is refused',
    consents:
      'ids of the consents without which nothing is sent: a form that does not ask for them is refused',
    needs: 'what a definition leaves to you: `url`, `headers.Authorization`, `fields.api_token`',
    receiver:
      'who receives the leads, for the texts of the result: `lender`, `broker` or `callback` (unless given)',
    name: "the destination's name in the log and in `/healthz`, as `id` gives it to others",
    allowPrivate: '`true`: also addresses of private networks, and plain http',
  },
}

/** The tables of options of docs/providers.md, by the provider. */
export function createProviderOptionTables(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({ ...providerOptionDescriptions, ...relayProviderOptionDescriptions }).map(
      ([provider, descriptions]) => [
        provider,
        renderTable(
          ['option', 'meaning'],
          Object.entries({ ...descriptions, provider: `\`${provider}\`` }).map(([option, meaning]) => [
            `\`${option}\``,
            meaning,
          ]),
        ),
      ],
    ),
  )
}
