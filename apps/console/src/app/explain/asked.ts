import { isRecord } from '@orbweaver/contracts/json'
import { useCallback, useEffect, useState } from 'react'
import { useSession } from '../../api/session.ts'

/** A question as the address of the page that answers it; kept by the person, or only asked lately. */
export type Asked = { address: string; kept: boolean }

const mostRecent = 8
const mostKept = 20

/** Questions of one mesh, those kept first, then the latest; of this browser and person only. */
export function useAsked(mesh: string): {
  asked: Asked[]
  note: (address: string) => void
  keep: (address: string, kept: boolean) => void
} {
  const { user } = useSession()
  const key = `orbweaver.asked.${user?.name ?? ''}.${mesh}`
  const [asked, setAsked] = useState(() => read(key))
  const change = useCallback(
    (next: (before: Asked[]) => Asked[]) => {
      // Read anew: another tab, or the plan's drawer, may have written since.
      const found = bounded(next(read(key)))
      attempt(() => localStorage.setItem(key, JSON.stringify(found)))
      setAsked(found)
    },
    [key],
  )
  const note = useCallback((address: string) => change((before) => noted(before, address)), [change])
  const keep = useCallback(
    (address: string, kept: boolean) => change((before) => keeping(before, { address, kept })),
    [change],
  )
  return { asked, note, keep }
}

/** Notes what is asked, once it is a question. */
export function useNoted(mesh: string, address: string | undefined): void {
  const { note } = useAsked(mesh)
  useEffect(() => {
    if (address !== undefined) note(address)
  }, [note, address])
}

/** The latest first; what is kept stays kept. */
export function noted(before: readonly Asked[], address: string): Asked[] {
  const known = before.find((each) => each.address === address)
  return [{ address, kept: known?.kept === true }, ...before.filter((each) => each !== known)]
}

export function keeping(before: readonly Asked[], { address, kept }: Asked): Asked[] {
  const isKnown = before.some((each) => each.address === address)
  const all = isKnown ? before : noted(before, address)
  return all.map((each) => (each.address === address ? { address, kept } : each))
}

export function bounded(all: readonly Asked[]): Asked[] {
  const kept = all.filter((each) => each.kept).slice(0, mostKept)
  return [...kept, ...all.filter((each) => !each.kept).slice(0, mostRecent)]
}

function read(key: string): Asked[] {
  const value = attempt((): unknown => JSON.parse(localStorage.getItem(key) ?? '[]'))
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown): Asked[] =>
    isRecord(each) && typeof each.address === 'string' ? [{ address: each.address, kept: each.kept === true }] : [],
  )
}

/** Storage may be blocked, full, or hold what another version wrote: then nothing is kept. */
function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
