import type { Duplex } from 'node:stream'

/** What a container of a Pod has written, oldest first; undefined where nobody plays it. */
export type PodLog = (pod: { namespace: string; name: string }, container: string) => readonly string[] | undefined

/** Takes a connection to a port of a Pod; undefined where nobody listens. */
export type PodRoute = (
  pod: { namespace: string; name: string },
  port: number,
) => ((connection: Duplex) => void) | undefined
