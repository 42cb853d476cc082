import type { CompositeName } from '../fields/composites.ts'
import type { KnownFieldName } from '../fields/fields.ts'
import type { IssueCode } from '../lead/issue.ts'
import type { AddressPart } from '../lead/values.ts'

/** A result screen. */
export interface ResultText {
  readonly title: string
  readonly text: string
}

/** Texts of what follows an outcome. */
export interface EndingTexts {
  /** Above the offers. */
  readonly offers: string
  readonly fullCost: string
  readonly rate: string
  readonly perYear: (percent: string) => string
  readonly perDay: (percent: string) => string
  /** On the button of an offer. */
  readonly open: string
  /** The mark of an advertisement, before who advertises. */
  readonly advertisement: string
  /** What the law has every advertisement of loans say. */
  readonly risks: string
  /** What the lead is called in front of people. */
  readonly number: (number: string) => string
  /** What the person does until the answer comes. */
  readonly advice: string
  /** That another page opens by itself, and the link to it. */
  readonly redirecting: string
  readonly continue: string
  /** Begins a new application with the same answers. */
  readonly again: string
}

/** Texts about answers that a browser keeps for a person who comes back. */
export interface DraftTexts {
  readonly restored: string
  /** What is never kept. */
  readonly notKept: string
  readonly restart: string
  readonly expired: string
}

/** Texts about a network that fails, and about a lead that got no answer. */
export interface ConnectionTexts {
  /** The lead is sent again by itself: there was no connection. */
  readonly broken: string
  /** The same where something else than the relay has answered. */
  readonly unavailable: string
  /** The browser has no network, as far as it knows. */
  readonly offline: string
  /** That is over. Only said to screen readers. */
  readonly online: string
  /** The answer takes long. */
  readonly slow: string
  /** After a reload: the relay is asked for what has become of the lead. */
  readonly asking: string
  /** It does not answer yet. */
  readonly waiting: string
  /** Asks it at once. */
  readonly askNow: string
  /** It has no such lead, and the answers are gone. */
  readonly lost: string
  /** It has no such lead, and the answers are still there. */
  readonly lostKept: string
  /** It has the lead, and waits for corrections. */
  readonly correct: string
  /** It has the lead, and waits for the code that was sent to the phone. */
  readonly code: string
  /** It has not answered for a long time. */
  readonly undecided: string
  /** It knows the outcome, whose title follows, and the person has entered something else meanwhile. */
  readonly known: string
  /** Follows the title. */
  readonly unsent: string
  /** The form is about the same lead. */
  readonly refill: string
  /** Goes on with the earlier lead. */
  readonly goOn: string
  /** The earlier lead is somebody else's. */
  readonly notMine: string
}

/** Texts of the step that shows the answers. */
export interface ReviewTexts {
  /** On the button that goes to a field. Its label follows for screen readers. */
  readonly change: string
  /** In place of an answer that was not given. */
  readonly none: string
  /** The answer of a box that is ticked. */
  readonly yes: string
}

/** Texts of the calculator, loaded on demand. */
export interface CalculatorTexts {
  /** A sum and a term in words, for screen readers. */
  readonly roubles: (count: number) => string
  readonly days: (count: number) => string
  readonly fullCost: string
  readonly perYear: (percent: string) => string
  readonly rate: string
  readonly perDay: (percent: string) => string
  /** In place of {@link rate}, where the first days cost nothing. */
  readonly rateAfterFree: (days: number) => string
  readonly repay: string
  /** Before the day of the repayment. */
  readonly until: string
  /** In place of a sum that is not known. */
  readonly unknown: string
}

/** Texts of the names that a directory has for a department code, loaded on demand. */
export interface DepartmentTexts {
  /** How many names there are, for screen readers. */
  readonly found: (count: number) => string
  /** On the button that writes the only name. */
  readonly fill: (name: string) => string
  /** On the button that opens the list of several names. */
  readonly choose: (count: number) => string
}

/** Texts of the list of streets and houses, loaded on demand. */
export interface StreetTexts {
  /** On the button that writes the postal index of a street or a house. */
  readonly fillIndex: (index: string) => string
}

/** The texts of a field. */
export interface FieldText {
  readonly label: string
  readonly hint?: string
  /** What to do about the empty field. */
  readonly required?: string
  readonly placeholder?: string
}

/** The texts of a place list. */
export interface PlaceTexts {
  /** The number of places found, for screen readers. */
  readonly found: (count: number) => string
  readonly none: string
  /** Shown with a place in Latin letters that is not certain. */
  readonly inRussian: string
}

/** A part of an address, visible or filled by a choice from a place list. */
type AddressField =
  | Extract<KnownFieldName, `${'registration' | 'residence' | 'job'}${AddressPart | `${AddressPart}Kladr`}`>
  | Extract<KnownFieldName, Uncapitalize<AddressPart | `${AddressPart}${'Kladr' | 'Id'}`>>
type ChoiceField = 'gender' | 'maritalStatus' | 'creditHistory' | 'deposit' | 'employment'

/** The texts of a form. Every locale has all of them: a missing one is a type error. */
export interface Texts {
  readonly fields: Readonly<Record<Exclude<KnownFieldName, AddressField> | 'fullName', FieldText>>
  /** Parts of an address. All addresses share them. */
  readonly address: Readonly<Record<AddressPart, FieldText>>
  readonly composites: Readonly<Record<CompositeName, string>>
  /** Labels of the options of a choice, by value. */
  readonly options: Readonly<Record<ChoiceField, Readonly<Record<string, string>>>>
  readonly issues: Readonly<Record<IssueCode, string | ((limit: number) => string)>>
  readonly results: Readonly<
    Record<'accepted' | 'duplicate' | 'declined' | 'verification' | 'queued', ResultText>
  >
  readonly ending: EndingTexts
  readonly draft: DraftTexts
  readonly connection: ConnectionTexts
  readonly review: ReviewTexts
  readonly departments: DepartmentTexts
  readonly streets: StreetTexts
  readonly verification: string
  readonly verificationFailed: string
  readonly retryLoading: string
  /** The next step is not there yet. */
  readonly loading: string
  readonly loadingFailed: string
  readonly consents: Readonly<Record<'processing' | 'transfer' | 'advertising', string>>
  readonly step: (index: number, total: number) => string
  readonly optional: string
  /** Said before an error, and before a warning, by screen readers. */
  readonly error: string
  readonly warning: string
  readonly next: string
  readonly back: string
  /** Closes the dialog that a form opens in. */
  readonly close: string
  readonly submit: string
  readonly sending: string
  readonly retry: string
  readonly failed: string
  readonly cancelled: string
  /** An exception kept the application from being sent. */
  readonly unexpected: string
  readonly uncertain: string
  readonly busy: string
  /** One application too many was sent: it can be sent again after some seconds. */
  readonly limited: (seconds: number) => string
  readonly changed: string
  readonly checkFields: (count: number) => string
  /** In place of {@link checkFields}, when all of the listed fields have been corrected. */
  readonly allCorrected: string
  /** Said of a field of that list. */
  readonly corrected: string
  /** Above the parts of a name that the person has to confirm. */
  readonly checkName: string
  readonly provider: string
  readonly document: string
  readonly opensInNewTab: string
  readonly optionalConsent: string
  readonly operator: string
  readonly withdrawal: string
  readonly policy: string
  readonly places: PlaceTexts
  /** Why a passport is asked for, and how it is kept. */
  readonly passportNote: string
  /** What the law has every advertisement of loans say, beside the calculator. */
  readonly loanRisks: string
  readonly loanConditions: string
  readonly choose: string
  readonly suggestion: (text: string) => string
  /** Offers to write the parts of a whole name into their own fields. */
  readonly split: (text: string) => string
  readonly limits: Readonly<Record<'amount' | 'termDays', (minimum: number, maximum: number) => string>>
}

type PartialTexts<Part> = { readonly [name in keyof Part]?: Part[name] }

/** The texts of one form: {@link Texts} without some of those of fields that it does not have. */
export interface FormTexts extends Omit<
  Texts,
  | 'fields'
  | 'address'
  | 'composites'
  | 'options'
  | 'issues'
  | 'ending'
  | 'draft'
  | 'connection'
  | 'review'
  | 'places'
  | 'departments'
  | 'streets'
  | 'limited'
> {
  readonly fields: PartialTexts<Texts['fields']>
  readonly address: PartialTexts<Texts['address']>
  readonly composites: PartialTexts<Texts['composites']>
  readonly options: PartialTexts<Texts['options']>
  readonly issues: PartialTexts<Texts['issues']> & Pick<Texts['issues'], 'required'>
  /** Comes with the code that shows it. */
  readonly ending?: EndingTexts
  readonly draft?: DraftTexts
  readonly connection?: ConnectionTexts
  readonly review?: ReviewTexts
  readonly places?: Texts['places']
  readonly departments?: DepartmentTexts
  readonly streets?: StreetTexts
  readonly limited?: Texts['limited']
}

/** Texts that a relay sends with a definition, for the widget has only those that every form needs from the start. */
export type ServedTexts = Partial<
  Pick<
    FormTexts,
    'fields' | 'address' | 'composites' | 'options' | 'passportNote' | 'loanRisks' | 'loanConditions'
  >
>

/** All texts of a locale: those of a form, and those of lazily loaded parts. */
export interface AllTexts extends Texts {
  /** The verification step. */
  readonly code: VerificationTexts
  readonly calculator: CalculatorTexts
  /** Translations of a definition's titles, labels, hints and options, by their Russian text. */
  readonly definition: Readonly<Record<string, string>>
}

/** Texts of the step that verifies the phone, loaded on demand. */
export interface VerificationTexts {
  /** That the code was sent. The phone number follows this text. */
  readonly sent: string
  readonly label: string
  readonly confirm: string
  readonly checking: string
  readonly attempts: (left: number) => string
  readonly noAttempts: string
  readonly failed: string
  readonly question: string
  readonly advice: string
  readonly changePhone: string
  readonly giveUp: string
}

/** Texts of test mode, loaded on demand. */
export interface TestModeTexts {
  readonly title: string
  readonly promise: string
  readonly fill: string
  readonly answer: string
  /** Labels of the outcomes that can be tried. */
  readonly answers: Readonly<
    Record<'accepted' | 'verification' | 'duplicate' | 'declined' | 'queued' | 'failed', string>
  >
  readonly requests: string
  readonly none: string
}
