import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { sailOperator } from '@orbweaver/sandbox/worlds/cluster-basics'
import { sailCrds } from '@orbweaver/schemas/sail'
import { parseAllDocuments, stringify } from 'yaml'
import type { Built } from './build.ts'

/** The Kubernetes objects of a YAML stream; empty documents are left out. */
export const objectsOf = (text: string): readonly KubernetesObject[] =>
  parseAllDocuments(text).flatMap((document) => {
    const value: unknown = document.toJS()
    return isKubernetesObject(value) ? [value] : []
  })

/** Objects as a YAML stream. */
export const yamlStream = (objects: readonly object[]): string => objects.map((each) => stringify(each)).join('---\n')

export const objectsIn = (path: string): readonly KubernetesObject[] => objectsOf(readFileSync(path, 'utf8'))

const folder = (path: string): readonly KubernetesObject[] =>
  readdirSync(path)
    .sort()
    .flatMap((file) => objectsIn(join(path, file)))

const operatorImage = 'quay.io/sail-dev/sail-operator:1.31.0'

/**
 * What a member has before any mesh: the Sail Operator, with whose chart its own and Istio's CRDs come, and Gateway API's
 * CRDs, which come with the platform. While the operator's Pod is ready the lab's agent does its work.
 */
export const memberObjects = (built: Built): readonly KubernetesObject[] => [
  ...objectsIn(join(built.istio, 'crds', 'istio.yaml')),
  ...folder(join(built.istio, 'crds', 'gateway-api')),
  ...sailCrds,
  ...sailOperator(operatorImage),
]

export const kwokCrds = (built: Built): readonly KubernetesObject[] =>
  objectsIn(join(built.kwok, 'crds', 'portforwards.yaml'))
