import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { ConsoleLanguage } from '../access/preferences.ts'
import type { BuilderTools } from './builder-context.ts'
import { createBuilderModel } from './model/builder-model.ts'
import type { Draft, DraftLooks } from './model/draft.ts'
import { builderTextsEn } from './texts/builder-en.ts'
import { builderTextsRu } from './texts/builder-ru.ts'

/** What a builder is created with. */
export interface BuilderToolsOptions extends Pick<
  BuilderTools,
  'language' | 'relay' | 'entry' | 'destinations' | 'isConfigured' | 'savesLooks'
> {
  readonly opened: Draft
  readonly unservedLooks?: DraftLooks | undefined
}

/** The texts of the builder in a language. */
export function builderTextsOf(language: ReadonlySignal<ConsoleLanguage>): BuilderTools['texts'] {
  return computed(() => (language.value === 'ru' ? builderTextsRu : builderTextsEn))
}

/** Creates the state of a builder with everything that its parts share. */
export function createBuilderTools({ opened, unservedLooks, ...options }: BuilderToolsOptions): BuilderTools {
  const announcement = signal('')
  return {
    ...options,
    model: createBuilderModel(opened),
    texts: builderTextsOf(options.language),
    unservedLooks: signal(unservedLooks),
    shownColors: signal({}),
    focusAfter: signal(undefined),
    announcement,
    announce(text) {
      announcement.value = text
    },
  }
}
