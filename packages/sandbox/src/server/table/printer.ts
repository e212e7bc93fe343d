import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

export type TableColumn = { name: string; type: string; format: string; description: string; priority: number }

/** How one kind is shown as a row. */
export type Printer = {
  columns: TableColumn[]
  cells(object: KubernetesObject, now: Date): Json[]
}

/** Priority 1 columns are those of `-o wide`. */
export function column(name: string, type = 'string', priority = 0): TableColumn {
  return { name, type, format: name === 'Name' ? 'name' : '', description: '', priority }
}

/** Labels or selectors as one cell: `a=b,c=d`, or <none>. */
export function pairsText(pairs: Record<string, string>): string {
  const text = Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
  return text === '' ? '<none>' : text
}
