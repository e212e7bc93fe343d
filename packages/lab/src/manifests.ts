import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { sailCrds } from '@orbweaver/schemas/sail'
import { parseAllDocuments } from 'yaml'
import type { Built } from './build.ts'

/** The Kubernetes objects of a YAML stream; empty documents are left out. */
export const objectsOf = (text: string): readonly KubernetesObject[] =>
  parseAllDocuments(text).flatMap((document) => {
    const value: unknown = document.toJS()
    return isKubernetesObject(value) ? [value] : []
  })

export const objectsIn = (path: string): readonly KubernetesObject[] => objectsOf(readFileSync(path, 'utf8'))

const folder = (path: string): readonly KubernetesObject[] =>
  readdirSync(path)
    .sort()
    .flatMap((file) => objectsIn(join(path, file)))

/** What a member has before any mesh: Sail's and Istio's CRDs come with the operator's chart, Gateway API's with the platform. */
export const memberCrds = (built: Built): readonly KubernetesObject[] => [
  ...objectsIn(join(built.istio, 'crds', 'istio.yaml')),
  ...folder(join(built.istio, 'crds', 'gateway-api')),
  ...sailCrds,
]

export const kwokCrds = (built: Built): readonly KubernetesObject[] =>
  objectsIn(join(built.kwok, 'crds', 'portforwards.yaml'))
