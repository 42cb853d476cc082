import { useConsole } from '../console-context.ts'
import { ModalDialog } from '../parts/modal-dialog.tsx'

/** The keys, and the switch that takes single letters from the commands. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { texts: allTexts, preferences } = useConsole()
  const { help, close } = allTexts.value
  return (
    <ModalDialog title={help.title} onClose={onClose}>
      <dl class="keys">
        {help.items.map(([keys = '', meaning]) => (
          <>
            <dt>
              {keys.split(' ').map((key) => (
                <>
                  <kbd class="key">{key}</kbd>{' '}
                </>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={preferences.keys.value}
          onChange={(event) => (preferences.keys.value = event.currentTarget.checked)}
        />
        {help.enabled}
      </label>
      <div class="dialog-actions">
        <button type="button" class="button" autofocus onClick={onClose}>
          {close}
        </button>
      </div>
    </ModalDialog>
  )
}
