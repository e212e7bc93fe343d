import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import { inVersion, partialMetadata } from '../store/encode.ts'
import { ageOf } from './age.ts'
import { customCells, customColumns } from './custom-columns.ts'
import { column, type Printer } from './printer.ts'
import { printerOf } from './printers.ts'

const plain: Printer = {
  columns: [column('Name'), { ...column('Age', 'string'), format: '' }],
  cells: (object, now) => [object.metadata.name, ageOf(object.metadata.creationTimestamp, now)],
}

type Asked = { cluster: Cluster; served: Served; include: string }

/** What `kubectl get` shows: columns and cells made by the server. */
export function tableOf(asked: Asked, objects: KubernetesObject[], metadata: JsonRecord): JsonRecord {
  const { cluster, served, include } = asked
  const printer = printerFor(served)
  const now = cluster.clock()
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: printer.columns.map((each) => ({ ...each })),
    rows: objects.map((object) => {
      const cells = printer.cells(object, now)
      if (include === 'None') return { cells }
      return { cells, object: include === 'Object' ? inVersion(served, object) : partialMetadata(object) }
    }),
  }
}

function printerFor(served: Served): Printer {
  if (served.definition.builtin) return printerOf(served.definition.key) ?? plain
  return {
    columns: customColumns(served.version),
    cells: (object, now) => customCells(served.version, object, now),
  }
}
