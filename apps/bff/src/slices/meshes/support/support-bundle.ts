import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { refKey } from '@orbweaver/contracts/kubernetes'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { documentsAllowed } from '@orbweaver/istio/support/allowed'
import { createPool } from '@orbweaver/kube/pool'
import type { Changes } from '../../../changes/changes.ts'
import { inFlight } from '../../../changes/in-flight.ts'
import { findingsIn } from '../../../fleet/mesh-world.ts'
import { visibleFindings } from '../../../fleet/visible-findings.ts'
import type { Asking } from '../asking.ts'
import { memberKinds } from '../../../kube/mirrored-kinds.ts'
import { detailOf } from '../detail.ts'
import { preflightOf } from '../preflight.ts'
import type { MeshRow } from '../summary.ts'
import { type ArchiveFile, archived } from './archive.ts'
import { type Bundle, createBundle } from './bundle.ts'
import { clusterPart } from './cluster-part.ts'
import { manifestText, readme } from './readme.ts'

/**
 * What one bundle takes at most: bytes of all its files before they are compressed, milliseconds until no further
 * question is asked, findings, changes, and items of each change.
 */
const bounds = { bytes: 16_777_216, ms: 20_000, findings: 500, changes: 50, items: 100 }

export type Made = { files: readonly ArchiveFile[]; name: string; at: Date }

type Asked = Asking & { changes: Changes; version: string }

/** Two at a time in one process: each holds its files in memory until they are sent. */
const room = createPool(2)

/** The bundle as one file to keep. */
export function supportBundle(asked: Asked, row: MeshRow): Promise<File> {
  return room(async () => {
    const { files, name, at } = await bundleFiles(asked, row)
    const bytes = await archived(files, at)
    return new File([new Uint8Array(bytes)], `${name}.tar.gz`, { type: 'application/gzip' })
  })
}

/** What a mesh says of itself, its clusters and the console, with the person's own rights; nothing secret is in it. */
export async function bundleFiles(asked: Asked, row: MeshRow): Promise<Made> {
  const { fleet, viewer, version } = asked
  const at = new Date()
  const endsAt = at.getTime() + bounds.ms
  const bundle = createBundle(bounds.bytes)
  const { mesh } = row
  const clusters = clustersOf(mesh)
  const truths = viewer.truths(clusters)
  await Promise.all([
    meshPart(asked, row, bundle),
    inFlight(clusters, 4, async (cluster) => {
      const door = fleet.get(cluster)
      if (door === undefined) {
        const reason = truths.find((each) => each.cluster === cluster)?.reason ?? 'kube.unreachable'
        bundle.unread({ cluster, what: 'cluster', reason })
      } else await clusterPart({ fleet, viewer, mesh, bundle, endsAt }, door)
    }),
  ])
  const name = `orbweaver-${mesh.name}-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const { files, unread, cut } = bundle.made()
  const about = { mesh: mesh.name, madeAt: at.toISOString(), madeFor: viewer.identity.user, orbweaver: version }
  const told = { ...about, clusters: truths.map((each) => mirrorState(asked, each)), unread, cut }
  const sorted = files.toSorted((a, b) => a.path.localeCompare(b.path, 'en'))
  const all = [{ path: 'README.txt', text: readme(told) }, { path: 'bundle.json', text: manifestText(told) }, ...sorted]
  return { files: all.map(({ path, text }) => ({ path: `${name}/${path}`, text })), name, at }
}

async function meshPart(asked: Asked, row: MeshRow, bundle: Bundle): Promise<void> {
  const { fleet, viewer, changes } = asked
  const { mesh, object } = row
  bundle.objects('mesh.yaml', [object])
  const [detail, preflight, listed] = await Promise.all([
    detailOf(asked, row),
    preflightOf(asked, mesh, { creating: false }),
    changes.list(viewer, { mesh: mesh.name }),
  ])
  const { spec: _spec, drift, ...told } = detail
  bundle.document('mesh.json', told, documentsAllowed.mesh)
  bundle.document('drift.json', drift, documentsAllowed.drift)
  bundle.document('preflight.json', preflight, documentsAllowed.preflight)
  const findings = await visibleFindings(viewer, await findingsIn(fleet, mesh))
  if (findings.length > bounds.findings) bundle.cut('findings.json', 'many-findings')
  const ordered = findings.toSorted((a, b) => (refKey(a.ref) < refKey(b.ref) ? -1 : 1))
  bundle.document('findings.json', ordered.slice(0, bounds.findings), documentsAllowed.findings)
  if (listed.length > bounds.changes) bundle.cut('changes.json', 'many-changes')
  const shown = await inFlight(listed.slice(0, bounds.changes), 4, async ({ name }) => {
    const change = await changes.get(viewer, name, { page: 1, size: bounds.items })
    if (change === undefined) return []
    const items = change.items.map((item) => ({ ...item, touched: item.touched.map(({ pointer }) => pointer) }))
    return [{ ...change, items }]
  })
  bundle.document('changes.json', shown.flat(), documentsAllowed.changes)
}

/** How far the console knows a cluster: its state and age, kinds that were read through and those that were not. */
function mirrorState({ fleet }: Asking, truth: ClusterTruth) {
  const door = fleet.get(truth.cluster)
  const known = memberKinds.map(({ resource }) => ({
    kind: resource.kind,
    known: door?.mirror.known(resource) === true,
  }))
  return {
    ...truth,
    read: known.filter((each) => each.known).map(({ kind }) => kind),
    unread: known.filter((each) => !each.known).map(({ kind }) => kind),
  }
}
