import { targetOf } from '@orbweaver/contracts/kubernetes'
import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { type TlsFilter, type TlsSecret, TlsState } from '@orbweaver/contracts/security'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { meshFor } from '../../fleet/mesh-of.ts'
import { server } from '../../http/server.ts'
import { secretOf } from './one.ts'
import { secretsOf } from './rows.ts'

const { security } = server

export const securityHandlers = {
  secrets: security.secrets.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const { rows, withheld } = await secretsOf(context, mesh, new Date())
    const shown = rows
      .filter(({ ref }) => input.cluster === undefined || ref.cluster === input.cluster)
      .filter(({ ref }) => input.namespace === undefined || ref.namespace === input.namespace)
      .filter((row) => input.show === undefined || isOf(row, input.show))
      .filter((row) => mentions(input.search, textsOf(row)))
    const ordered = sorted(
      shown,
      (row) => [column(row, input.sort), row.endsAt ?? '', row.ref.namespace ?? '', row.ref.name, row.ref.cluster],
      input.order,
    )
    const count = (filter: TlsFilter) => rows.filter((row) => isOf(row, filter)).length
    return {
      ...pageOf(ordered, input),
      counts: {
        missing: count('missing'),
        expired: count('expired'),
        expiring: count('expiring'),
        unreadable: count('unreadable'),
        unused: count('unused'),
      },
      namespaces: [...new Set(rows.flatMap(({ ref }) => ref.namespace ?? []))].toSorted(),
      withheld,
      clusters: context.viewer.truths(clustersOf(mesh)),
    }
  }),
  secret: security.secret.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const ref = {
      cluster: input.cluster,
      group: '',
      version: 'v1',
      kind: 'Secret',
      ...targetOf(input),
    }
    const read = await secretOf(context, mesh, ref)
    if (read === undefined) throw errors['security.secret_not_found']({ data: { name: input.name } })
    if ('reason' in read) throw errors['security.secret_unreadable']({ data: read })
    return { ...read, clusters: context.viewer.truths([input.cluster]) }
  }),
}

function isOf({ state, usedBy, usedHidden }: TlsSecret, filter: TlsFilter): boolean {
  return filter === 'unused' ? usedBy.length === 0 && !usedHidden : state === filter
}

function textsOf({ ref, certificate, usedBy }: TlsSecret): (string | undefined)[] {
  const rules = usedBy.map(({ by }) => by.name)
  return [ref.name, ref.namespace, ref.cluster, certificate?.subject, ...(certificate?.names ?? []), ...rules]
}

/** Problems first where nothing else was asked for. */
function column(row: TlsSecret, sort: string | undefined): string | number {
  switch (sort) {
    case 'name':
      return row.ref.name
    case 'namespace':
      return row.ref.namespace ?? ''
    case 'cluster':
      return row.ref.cluster
    case 'endsAt':
      return row.endsAt ?? ''
    case 'createdAt':
      return row.createdAt ?? ''
    default:
      return TlsState.options.indexOf(row.state)
  }
}
