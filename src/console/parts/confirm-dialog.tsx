import { useConsole } from '../console-context.ts'
import { ModalDialog } from './modal-dialog.tsx'

/** Asks before something that cannot be undone. The focus is on the button that does nothing. */
export function ConfirmDialog({
  title,
  text,
  confirm,
  onConfirm,
  onClose,
}: {
  readonly title: string
  readonly text: string
  readonly confirm: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const { texts } = useConsole()
  return (
    <ModalDialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div class="dialog-actions">
        <button type="button" class="button" autofocus onClick={onClose}>
          {texts.value.cancel}
        </button>
        <button type="button" class="button" data-kind="danger" onClick={onConfirm}>
          {confirm}
        </button>
      </div>
    </ModalDialog>
  )
}
