import { type ReactNode, useEffect, useId, useRef } from 'react'
import './dialog.css'
import { Icon } from './icon.tsx'
import { useWords } from './kit.tsx'

/**
 * A modal over the page, on the browser's own `<dialog>`: focus stays inside, Esc closes, and the focus goes back to
 * where it came from. Contents must not open antd pop-ups, which would land under it; forms belong in FormDrawer.
 */
export function Dialog(props: {
  title: string
  onClose: () => void
  width?: number
  /** The title is for screen readers only, as in the search. */
  bare?: boolean
  footer?: ReactNode
  children: ReactNode
}) {
  const t = useWords()
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog !== null && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={ref}
      className="ow-dialog"
      data-bare={props.bare === true}
      aria-labelledby={id}
      style={{ width: props.width ?? 480 }}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
    >
      <header className={props.bare === true ? 'ow-hidden' : 'ow-dialog-head'}>
        <h2 id={id}>{props.title}</h2>
        {props.bare !== true && (
          <button type="button" className="ow-icon-button" aria-label={t('close')} onClick={props.onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div className="ow-dialog-body">{props.children}</div>
      {props.footer !== undefined && <footer className="ow-dialog-foot">{props.footer}</footer>}
    </dialog>
  )
}
