import type { Notice } from '@orbweaver/contracts/events'
import { useEffect } from 'react'
import { api, client, queries } from './api.ts'
import { backOff, startLive } from './live/live.ts'
import type { Told } from './live/notices.ts'
import { setStreamOpen } from './live/stream-state.ts'

const channelName = 'orbweaver'

/** Notices for as long as the caller is mounted: the signed-in frame, once. */
export function useLive(): void {
  useEffect(() => {
    const live = startLive({
      open: (signal) => client.events.watch(undefined, { signal }),
      hear,
      locks: 'locks' in navigator ? navigator.locks : undefined,
      channel: typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName),
      delay: backOff,
    })
    return () => {
      setStreamOpen(false)
      live.stop()
    }
  }, [])
}

/** Somebody signed in or out here. Every tab starts over, so that nothing the one before saw stays anywhere. */
export function startOver(href: string): void {
  if (typeof BroadcastChannel !== 'undefined') {
    const channel = new BroadcastChannel(channelName)
    const told: Told = { kind: 'session' }
    channel.postMessage(told)
    channel.close()
  }
  location.assign(href)
}

function hear(told: Told): void {
  if (told.kind === 'notice') renew(told.notice)
  else if (told.kind === 'state') setStreamOpen(told.open)
  else if (told.kind === 'again') void queries.invalidateQueries()
  else if (told.kind === 'session') location.reload()
}

function renew({ word }: Notice): void {
  void queries.invalidateQueries({ queryKey: api[word].key() })
  // How far a restart is, is told by its Pods.
  if (word === 'sidecars') void queries.invalidateQueries({ queryKey: api.history.get.key() })
}
