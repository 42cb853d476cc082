import { useSignal } from '@preact/signals'
import { useBuilder } from '../../builder-context.ts'
import { compareDrafts } from '../../model/compare-drafts.ts'
import type { Draft } from '../../model/draft.ts'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { Moment } from '../../../parts/moment.tsx'
import type { VersionLine } from '../../../../relay/http/admin/forms/form-answers.ts'
import { PanelFrame } from './panel-frame.tsx'

/** The history of a form: what was saved is compared with the draft, restored, or withdrawn. */
export function VersionsPanel({
  versions,
  canEdit,
  onLoad,
  onRestore,
  onWithdraw,
  onClose,
}: {
  readonly versions: readonly VersionLine[]
  readonly canEdit: boolean
  /** Loads a version; without a number the form of the configuration. */
  readonly onLoad: (number: number | undefined) => Promise<Draft | undefined>
  readonly onRestore: (number: number) => void
  readonly onWithdraw: () => void
  readonly onClose: () => void
}) {
  const { texts: allTexts } = useBuilder()
  const texts = allTexts.value.versions
  const compared = useSignal<{ readonly name: string; readonly draft: Draft } | undefined>(undefined)
  const isAsking = useSignal(false)
  const isServed = versions.some((version) => version.isServed)

  async function compare(name: string, number: number | undefined): Promise<void> {
    const draft = await onLoad(number)
    compared.value = draft && { name, draft }
  }

  return (
    <PanelFrame title={texts.title} onClose={onClose}>
      {versions.length === 0 ? <p>{texts.none}</p> : null}
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{texts.columns.number}</th>
            <th scope="col">{texts.columns.when}</th>
            <th scope="col">{texts.columns.who}</th>
            <th scope="col">{texts.columns.what}</th>
            <th scope="col">
              <span class="unseen">{texts.compareShort}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => {
            const { number, kind } = version
            const name = `${texts.columns.number.toLowerCase()} ${number}`
            return (
              <tr key={number}>
                <th scope="row">{number}</th>
                <td>
                  <Moment at={version.savedAt} />
                </td>
                <td>{version.savedBy}</td>
                <td>
                  {kind === 'restored' ? texts.kinds.restored(version.restoredFrom ?? 0) : texts.kinds[kind]}
                  {version.isServed && <strong> · {texts.served}</strong>}
                  {version.hasUnservedLooks && ` · ${texts.unservedLooks}`}
                </td>
                <td class="tools">
                  {kind !== 'withdrawn' && (
                    <>
                      <button
                        type="button"
                        class="button"
                        aria-label={texts.compare(name)}
                        onClick={() => void compare(name, number)}
                      >
                        {texts.compareShort}
                      </button>
                      {canEdit && !version.isServed && (
                        <button
                          type="button"
                          class="button"
                          aria-label={texts.restore(number)}
                          onClick={() => onRestore(number)}
                        >
                          {texts.restoreShort}
                        </button>
                      )}
                    </>
                  )}
                </td>
              </tr>
            )
          })}
          <tr>
            <th scope="row">—</th>
            <td colSpan={3}>
              {texts.configured}
              {!isServed && <strong> · {texts.served}</strong>}
            </td>
            <td class="tools">
              <button
                type="button"
                class="button"
                aria-label={texts.compare(texts.configured.toLowerCase())}
                onClick={() => void compare(texts.configured.toLowerCase(), undefined)}
              >
                {texts.compareShort}
              </button>
            </td>
          </tr>
        </tbody>
      </table>
      {compared.value && <Differences {...compared.value} />}
      {isServed && (
        <div>
          <button type="button" class="button" data-kind="danger" onClick={() => (isAsking.value = true)}>
            {texts.withdraw}
          </button>
        </div>
      )}
      {isAsking.value && (
        <ConfirmDialog
          title={texts.withdrawTitle}
          text={texts.withdrawText}
          confirm={allTexts.value.withdrawConfirm}
          onConfirm={() => {
            isAsking.value = false
            onWithdraw()
          }}
          onClose={() => (isAsking.value = false)}
        />
      )}
    </PanelFrame>
  )
}

function Differences({ name, draft }: { readonly name: string; readonly draft: Draft }) {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value.versions
  const differences = compareDrafts(draft, model.draft.value)
  return (
    <div role="status" class="stack">
      <h3>{texts.differences(name)}</h3>
      {differences.length === 0 ? (
        <p>{texts.same}</p>
      ) : (
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">{texts.part}</th>
              <th scope="col">{texts.before}</th>
              <th scope="col">{texts.after}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ path, before, after }) => (
              <tr key={path}>
                <th scope="row" class="mono">
                  {path}
                </th>
                <td>{before === undefined ? '—' : <del>{before}</del>}</td>
                <td>{after === undefined ? '—' : <ins>{after}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
