import { Drawer as AntDrawer } from 'antd'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import { useWords } from './kit.tsx'
import './drawer.css'

/** A panel from the right over the page. The focus goes in and comes back; Esc closes it. */
export function Drawer(props: {
  title: ReactNode
  open: boolean
  onClose: () => void
  /** Narrow for a toggle, wide for a plan. */
  width?: 'narrow' | 'form' | 'wide'
  footer?: ReactNode
  onClosed?: () => void
  children: ReactNode
}) {
  const t = useWords()
  useFocusBack(props.open)
  const widths = { narrow: 480, form: 640, wide: 860 }
  return (
    <AntDrawer
      rootClassName="ow-drawer"
      title={<h2>{props.title}</h2>}
      open={props.open}
      onClose={props.onClose}
      size={`min(${widths[props.width ?? 'form']}px, 100vw)`}
      placement="right"
      closeIcon={false}
      extra={
        <button type="button" className="ow-icon-button" aria-label={t('close')} onClick={props.onClose}>
          <Icon name="close" />
        </button>
      }
      footer={props.footer ?? null}
      afterOpenChange={(open) => {
        if (!open) props.onClosed?.()
      }}
      destroyOnHidden
    >
      {props.children}
    </AntDrawer>
  )
}

/** The kit gives the focus back after its animation, and forgets it when that is cut short by an early Esc. */
function useFocusBack(open: boolean): void {
  const before = useRef<Element>(null)
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement
  }, [open])
  useEffect(() => {
    if (!open) return undefined
    return () => {
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    }
  }, [open])
}
