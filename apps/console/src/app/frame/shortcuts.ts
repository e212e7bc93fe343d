import { useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { useGo } from '../location.ts'
import { existing, fleetItems } from './navigation.ts'

/** How long after `g` its second key may come. */
const chordMs = 1500

/** Keys that work on every page; never while somebody types or a dialog is open, Ctrl/⌘ K excepted. */
export function useShortcuts(dialogs: { find: () => void; help: () => void }): void {
  const go = useGo()
  const router = useRouter()
  const places = existing(router, fleetItems)
  const act = useEffectEvent((key: string, chord: boolean): boolean => {
    if (chord) {
      const place = places.find((item) => item.key === key)
      if (place !== undefined) go(place.to)
      return place !== undefined
    }
    if (key === '/') return focusPageSearch()
    if (key === '?') dialogs.help()
    return key === '?'
  })
  const find = useEffectEvent(dialogs.find)
  useEffect(() => {
    let chordUntil = 0
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        find()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
      const chord = event.timeStamp < chordUntil
      chordUntil = !chord && event.key === 'g' ? event.timeStamp + chordMs : 0
      if (act(event.key, chord)) event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}

/** Somebody types, or a dialog has the keys. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('input:not([type=checkbox]), textarea, select, [role=menu]') !== null)
    return true
  return document.querySelector('dialog[open], .ant-drawer-open') !== null
}

function focusPageSearch(): boolean {
  const box = document.querySelector<HTMLElement>('[data-page-search]')
  box?.focus()
  return box !== null
}
