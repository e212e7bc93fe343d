import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import './menu-button.css'

export type MenuEntry = {
  key: string
  label: ReactNode
  icon?: ReactNode
  /** Why it cannot be done now; shown below the label, and the entry does nothing. */
  disabled?: string | undefined
  danger?: boolean
  /** Set for a choice: whether it is the chosen one. */
  checked?: boolean
  onSelect: () => void
}

/** A button that opens a list of actions; arrows, Home, End and Esc as WAI-ARIA says a menu should. */
export function MenuButton(props: {
  label: string
  trigger: ReactNode
  className?: string
  header?: ReactNode
  entries: MenuEntry[]
  align?: 'start' | 'end'
  side?: 'below' | 'above'
}) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useOutside(root, open, () => setOpen(false))
  useEffect(() => {
    if (open) focusEntry(root.current, 0)
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <div className="ow-menu-root" ref={root}>
      <button
        ref={button}
        type="button"
        className={props.className ?? 'ow-icon-button'}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {props.trigger}
      </button>
      {open && (
        <div className="ow-menu" data-align={props.align ?? 'end'} data-side={props.side ?? 'below'}>
          {props.header !== undefined && <div className="ow-menu-header">{props.header}</div>}
          <div
            id={id}
            role="menu"
            tabIndex={-1}
            aria-label={props.label}
            onKeyDown={(event) => moveInMenu(event, close)}
          >
            {props.entries.map((entry) => (
              <Entry key={entry.key} entry={entry} onDone={close} />
            ))}
          </div>
        </div>
      )}
    </div>
  )
}

function Entry(props: { entry: MenuEntry; onDone: () => void }) {
  const { entry } = props
  return (
    <button
      type="button"
      role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={entry.checked}
      aria-disabled={entry.disabled !== undefined}
      tabIndex={-1}
      className={entry.danger === true ? 'ow-menu-entry ow-menu-danger' : 'ow-menu-entry'}
      onClick={() => {
        if (entry.disabled !== undefined) return
        props.onDone()
        entry.onSelect()
      }}
    >
      {entry.icon}
      <span>
        {entry.label}
        {entry.disabled !== undefined && <small>{entry.disabled}</small>}
      </span>
    </button>
  )
}

function entriesOf(root: Element | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
}

function focusEntry(root: Element | null, index: number): void {
  const all = entriesOf(root)
  all.at(index % Math.max(1, all.length))?.focus()
}

function moveInMenu(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  const all = entriesOf(event.currentTarget)
  const here = all.findIndex((each) => each === document.activeElement)
  const targets: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }
  const target = targets[event.key]
  if (target !== undefined) {
    event.preventDefault()
    focusEntry(event.currentTarget, target)
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault()
    event.stopPropagation()
    close()
  }
}

/** Calls back when a press lands outside of an element while it is open. */
function useOutside(root: { current: HTMLElement | null }, active: boolean, onOutside: () => void): void {
  const tell = useEffectEvent(onOutside)
  useEffect(() => {
    if (!active) return
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) tell()
    }
    document.addEventListener('pointerdown', pressed)
    return () => document.removeEventListener('pointerdown', pressed)
  }, [root, active])
}
