import { useId } from 'preact/hooks'
import { looks, themes } from '../../../../embed/options/options-table.ts'
import { useBuilder } from '../../builder-context.ts'
import { contrastRatio, formatContrast, minimumContrast } from '../../../../form/served/contrast.ts'
import { CheckInput, SelectInput } from '../inputs.tsx'

const colorNames = ['accent', 'on-accent', 'link', 'surface', 'text', 'muted', 'soft'] as const
type OwnColor = (typeof colorNames)[number]

/** What stands on what. */
const pairs = {
  button: ['on-accent', 'accent'],
  text: ['text', 'surface'],
  muted: ['muted', 'surface'],
  link: ['link', 'surface'],
  soft: ['text', 'soft'],
} as const satisfies Readonly<Record<string, readonly [OwnColor, OwnColor]>>
const pairNames = ['button', 'text', 'muted', 'link', 'soft'] as const

/** The theme, the look and the colours of a form, with the contrast that they give. */
export function LookSettings() {
  const { model, texts: allTexts, language, savesLooks, unservedLooks } = useBuilder()
  const texts = allTexts.value.looks
  const { value: chosen } = model.looks
  const { look } = chosen
  const { value: unserved } = unservedLooks
  return (
    <>
      <h2>{allTexts.value.outline.looks}</h2>
      <p class="muted small">{savesLooks ? texts.savedNote : texts.note}</p>
      {unserved && (
        <div class="notice" data-tone="info">
          <div class="stack">
            <p>{texts.unserved}</p>
            <button type="button" class="button" onClick={() => model.changeLooks(unserved)}>
              {texts.takeUnserved}
            </button>
          </div>
        </div>
      )}
      <div class="pair">
        <SelectInput
          label={texts.theme}
          value={chosen.theme}
          onChange={(value) => {
            const theme = themes.find((known) => known === value)
            if (theme) model.changeLooks({ theme })
          }}
        >
          {themes.map((theme) => (
            <option key={theme} value={theme}>
              {texts.themes[theme]}
            </option>
          ))}
        </SelectInput>
        <SelectInput label={texts.look} value={look} onChange={(value) => model.changeLooks({ look: value })}>
          {looks.map((name) => (
            <option key={name} value={name}>
              {Reflect.get(texts.lookNames, name) ?? name}
            </option>
          ))}
        </SelectInput>
      </div>
      <h3>{texts.colors}</h3>
      {savesLooks && chosen.theme === 'auto' && <p class="muted small">{texts.autoNote}</p>}
      <div class="colors">
        {colorNames.map((name) => (
          <ColorInput key={name} name={name} />
        ))}
      </div>
      <h3>{texts.contrast}</h3>
      <ul class="line-list">
        {pairNames.map((pair) => (
          <ContrastLine key={pair} pair={pair} language={language.value} />
        ))}
      </ul>
    </>
  )
}

function ColorInput({ name }: { readonly name: OwnColor }) {
  const { model, texts: allTexts, shownColors } = useBuilder()
  const texts = allTexts.value.looks
  const id = useId()
  const { value: chosen } = model.looks
  const own = chosen.colors[name]
  const label = texts.colorNames[name]

  function change(color: string | undefined): void {
    const { [name]: _, ...others } = chosen.colors
    model.changeLooks(
      { colors: color === undefined ? others : { ...others, [name]: color } },
      `color-${name}`,
    )
  }

  return (
    <div class="color-row">
      <CheckInput
        label={label}
        checked={own !== undefined}
        onChange={(isOwn) => change(isOwn ? (toHex(shownColors.value[name]) ?? '#000000') : undefined)}
      />
      {own !== undefined && (
        <>
          <input
            type="color"
            value={own}
            aria-label={`${texts.own}: ${label}`}
            onInput={({ currentTarget }) => change(currentTarget.value)}
          />
          <input
            id={id}
            class="input mono color-code"
            value={own}
            aria-label={`${texts.code}: ${label}`}
            onInput={({ currentTarget }) => {
              const { value } = currentTarget
              if (/^#[\da-f]{6}$/i.test(value)) change(value.toLowerCase())
            }}
          />
        </>
      )}
    </div>
  )
}

function ContrastLine({
  pair,
  language,
}: {
  readonly pair: (typeof pairNames)[number]
  readonly language: string
}) {
  const { texts: allTexts, shownColors } = useBuilder()
  const texts = allTexts.value.looks
  const [text, back] = pairs[pair]
  const ratio = contrastRatio(shownColors.value[text] ?? '', shownColors.value[back] ?? '')
  const isLow = ratio !== undefined && ratio < minimumContrast
  const shown = ratio === undefined ? undefined : formatContrast(ratio)
  return (
    <li data-contrast={pair}>
      {texts.pairs[pair]}:{' '}
      {shown === undefined ? (
        <span class="muted">{texts.unknown}</span>
      ) : (
        <>
          <strong>{language === 'ru' ? shown.replace('.', ',') : shown}</strong>{' '}
          <span class={isLow ? 'bad-text' : 'muted'}>{isLow ? texts.low : texts.enough}</span>
        </>
      )}
    </li>
  )
}

function toHex(color: string | undefined): string | undefined {
  const [, list = ''] = /^rgba?\(([^/)]*)/.exec(color ?? '') ?? []
  const numbers = list.split(/[ ,]+/).filter((part) => part !== '')
  if (numbers.length < 3) return undefined
  return `#${numbers
    .slice(0, 3)
    .map((number) => Math.round(Number(number)).toString(16).padStart(2, '0'))
    .join('')}`
}
