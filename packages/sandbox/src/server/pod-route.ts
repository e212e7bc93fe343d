import type { Duplex } from 'node:stream'

/** Takes a connection to a port of a Pod; undefined where nobody listens. */
export type PodRoute = (
  pod: { namespace: string; name: string },
  port: number,
) => ((connection: Duplex) => void) | undefined
