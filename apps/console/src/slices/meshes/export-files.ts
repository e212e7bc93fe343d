import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { ExportedFile } from '@orbweaver/contracts/portable-mesh'
import { fileName, manifest, type TextFile } from '../../app/manifest/manifest.ts'
import type { useText } from './text.ts'

/** Says in which cluster a file lay. */
export const clusterMark = 'orbweaver.dev/cluster:'

export type Exported = {
  mesh: string
  /** When it was read (ISO 8601). */
  at: string
  truths: readonly ClusterTruth[]
}

/** A cluster's part of a mesh as a file for kubectl; what it says of itself is in the reader's language. */
export function exportedFile(file: ExportedFile, of: Exported, t: ReturnType<typeof useText>): TextFile {
  const name = `${fileName(of.mesh, file.cluster)}.yaml`
  return {
    name,
    text: manifest(
      headerOf(file, { ...of, name }, t),
      file.documents.map(({ yaml }) => ({ says: [], yaml })),
    ),
  }
}

function headerOf(
  { cluster, documents, unread }: ExportedFile,
  { mesh, at, truths, name }: Exported & { name: string },
  t: ReturnType<typeof useText>,
): string[] {
  const truth = truths.find((each) => each.cluster === cluster)
  const old = truth !== undefined && truth.state !== 'fresh'
  const record = documents.some(({ ref }) => ref.kind === 'Mesh')
  return [
    t('export.file.title', { mesh, cluster, at }),
    t('export.file.apply', { command: `kubectl apply -f ${name}` }),
    t(record ? 'export.file.record' : 'export.file.cluster'),
    // Read back by an import, whatever language the rest is in (import/read-files.ts).
    `${clusterMark} ${cluster}`,
    ...(old ? [t('export.file.old', { asOf: truth.asOf ?? t('export.never') })] : []),
    ...(unread.length > 0 ? [t('export.file.unread', { count: unread.length, kinds: unread })] : []),
    ...(documents.length === 0 ? [t('export.file.empty')] : []),
  ]
}
