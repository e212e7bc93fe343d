import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { parseSearch, useGo } from './location.ts'

/** A link to a place made by paths.ts: a real one (open in a new tab works), followed without loading the page anew. */
export function AppLink(props: {
  to: string
  children: ReactNode
  className?: string
  current?: boolean
  label?: string
  title?: string
  onFollow?: () => void
}) {
  const router = useRouter()
  const go = useGo()
  const { to } = props
  const href = router.buildLocation({ to: pathOf(to), search: parseSearch(searchOf(to)) }).href
  const preload = () => void router.preloadRoute({ to: pathOf(to), search: parseSearch(searchOf(to)) })
  return (
    <a
      href={href}
      className={props.className}
      aria-current={props.current === true ? 'page' : undefined}
      aria-label={props.label}
      title={props.title}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={(event) => {
        if (opensElsewhere(event)) return
        event.preventDefault()
        props.onFollow?.()
        go(to)
      }}
    >
      {props.children}
    </a>
  )
}

function opensElsewhere(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
}

function pathOf(to: string): string {
  return to.split('?', 1)[0] ?? to
}

function searchOf(to: string): string {
  return to.slice(pathOf(to).length)
}
