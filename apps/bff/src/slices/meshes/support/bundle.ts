import { plainRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { objectAllowed } from '@orbweaver/istio/support/allowed'
import { type Allowed, redacted } from '@orbweaver/istio/support/redact'
import { scrubbed } from '@orbweaver/istio/support/scrub'
import { kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { stringify } from 'yaml'
import type { ArchiveFile } from './archive.ts'

/** Something that could not be read, why, and the right that would have let it. */
export type Unread = {
  cluster: string
  what: string
  namespace?: string
  reason: string
  right?: { verb: string; group: string; resource: string; namespace?: string }
}

/** The files of a bundle while it is made. Nothing gets in but by one of these, and each redacts. */
export type Bundle = {
  /** A document of the console's own, as JSON. */
  document(path: string, value: object, allowed: Allowed): void
  /** Objects of a cluster as YAML, one document each; no file where there are none. */
  objects(path: string, objects: readonly KubernetesObject[]): void
  /** What a process said. */
  lines(path: string, lines: readonly string[]): void
  unread(what: Unread): void
  /** What is left out because there is too much of it. */
  cut(path: string, why: string): void
  made(): { files: readonly ArchiveFile[]; unread: readonly Unread[]; cut: readonly { path: string; why: string }[] }
}

/** `limitBytes`: of all files together, before they are compressed. What would go beyond is named and left out. */
export function createBundle(limitBytes: number): Bundle {
  const files: ArchiveFile[] = []
  const unread: Unread[] = []
  const cut: { path: string; why: string }[] = []
  let left = limitBytes
  const add = (path: string, text: string) => {
    const bytes = Buffer.byteLength(text)
    if (bytes > left) {
      cut.push({ path, why: 'bundle-full' })
      return
    }
    left -= bytes
    files.push({ path, text })
  }
  return {
    document(path, value, allowed) {
      const { told } = plainRecord({ told: value })
      add(path, `${JSON.stringify(redacted(told, allowed), undefined, 2)}\n`)
    },
    objects(path, objects) {
      if (objects.length === 0) return
      const documents = objects.map((each) => stringify(redacted(each, objectAllowed(each.kind)), kubernetesYamlText))
      add(path, documents.join('---\n'))
    },
    // As one text: a key may go over many lines.
    lines: (path, lines) => add(path, `${scrubbed(lines.join('\n'))}\n`),
    unread: (each) => void unread.push(each),
    cut: (path, why) => void cut.push({ path, why }),
    made: () => ({ files, unread, cut }),
  }
}
