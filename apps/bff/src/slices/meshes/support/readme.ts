import { plainRecord } from '@orbweaver/contracts/json'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { documentsAllowed } from '@orbweaver/istio/support/allowed'
import { redacted } from '@orbweaver/istio/support/redact'
import { scrubbed, withheld } from '@orbweaver/istio/support/scrub'
import type { Unread } from './bundle.ts'

export type Told = {
  mesh: string
  madeAt: string
  madeFor: string
  orbweaver: string
  clusters: readonly (ClusterTruth & { read: readonly string[]; unread: readonly string[] })[]
  unread: readonly Unread[]
  cut: readonly { path: string; why: string }[]
}

export function manifestText(told: Told): string {
  return `${JSON.stringify(redacted(plainRecord(told), documentsAllowed.manifest), undefined, 2)}\n`
}

/** For whoever opens it, in English like all that the server writes. */
export function readme(told: Told): string {
  const { mesh, madeAt, madeFor, orbweaver, clusters, unread, cut } = told
  const lines = [
    `Support bundle of mesh ${mesh}, made at ${madeAt} by Orbweaver ${orbweaver} with the rights of ${madeFor}.`,
    '',
    `Secrets are not read. Of everything else only what is known to be harmless is here; ${withheld} stands for the rest.`,
    '',
    'mesh.yaml       the Mesh with its status',
    'mesh.json       phase, stages, members with what istiod says of them, revisions, components, what needs attention',
    'drift.json      where the clusters differ from what the Mesh says',
    'preflight.json  the checks, asked for this bundle',
    'findings.json   what is wrong with rules of the mesh',
    'changes.json    history of the mesh, newest first; places that were written, never values',
    'clusters/*      for each cluster: Sail objects, what the Mesh asks for (desired.yaml), webhooks, istiod and gateways',
    '                with their Services, nodes, capabilities, record, events, mesh configuration, logs',
    'bundle.json     versions, age of what is known of each cluster, and the two lists below',
    '',
    'Clusters',
    ...clusters.map(({ cluster, state, asOf, reason }) =>
      [`- ${cluster}: ${state}`, asOf === undefined ? '' : `as of ${asOf}`, reason ?? ''].filter(isSaid).join(', '),
    ),
    '',
    'Not read',
    ...orNothing(unread.map(unreadLine)),
    '',
    'Left out, as there is too much of it',
    ...orNothing(cut.map(({ path, why }) => `- ${path}: ${why}`)),
  ]
  return `${scrubbed(lines.join('\n'))}\n`
}

function unreadLine({ cluster, what, namespace, reason, right }: Unread): string {
  const place = namespace === undefined ? cluster : `${cluster}, namespace ${namespace}`
  if (right === undefined) return `- ${place}: ${what}: ${reason}`
  const { verb, group, resource } = right
  return `- ${place}: ${what}: ${reason}; needs ${verb} on ${resource}${group === '' ? '' : `.${group}`}`
}

function orNothing(lines: string[]): string[] {
  return lines.length === 0 ? ['- nothing'] : lines
}

function isSaid(text: string): boolean {
  return text !== ''
}
