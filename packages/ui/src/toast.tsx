import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { Icon } from './icon.tsx'
import { useWords } from './kit.tsx'
import { type Health, StatusShape } from './status.tsx'
import './toast.css'

export type ToastText = { health: Health; text: ReactNode; action?: ReactNode }
type Shown = ToastText & { id: number }

const ToastContext = createContext<(toast: ToastText) => void>(() => undefined)

/** Short notes about what just happened elsewhere. Failures stay until closed; the rest go after six seconds. */
export function Toasts(props: { children: ReactNode }) {
  const t = useWords()
  const [shown, setShown] = useState<Shown[]>([])
  const next = useRef(0)
  const close = useCallback((id: number) => setShown((all) => all.filter((each) => each.id !== id)), [])
  const show = useCallback(
    (toast: ToastText) => {
      next.current += 1
      const id = next.current
      setShown((all) => [...all.slice(-3), { ...toast, id }])
      if (toast.health !== 'broken') setTimeout(() => close(id), 6000)
    },
    [close],
  )
  return (
    <ToastContext value={useMemo(() => show, [show])}>
      {props.children}
      <output className="ow-toasts" aria-live="polite">
        {shown.map((toast) => (
          <div key={toast.id} className="ow-toast">
            <StatusShape health={toast.health} />
            <div className="ow-toast-text">{toast.text}</div>
            {toast.action}
            <button type="button" className="ow-icon-button" aria-label={t('close')} onClick={() => close(toast.id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </output>
    </ToastContext>
  )
}

export function useToast(): (toast: ToastText) => void {
  return useContext(ToastContext)
}
