import { at, stringsAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { MeshWorld } from '../world.ts'

/**
 * The type of a Pod's proxy image: of the mesh, of ProxyConfigs for the root namespace, its own and itself, then of its
 * annotation; the last that says one (istio pkg/config/analysis/analyzers/util/proxyconfig.go, ImageType). Empty for the
 * usual one, undefined where the annotation cannot be read here.
 */
export function imageTypeOf(world: MeshWorld, pod: KubernetesObject): string | undefined {
  const namespace = namespaceOf(pod)
  const { rootNamespace, imageType } = world.mesh
  const inRoot = world.config.list(kinds.proxyConfig, rootNamespace)
  const own = namespace === rootNamespace ? [] : world.config.list(kinds.proxyConfig, namespace)
  const ofNamespace = own.filter((each) => !isSelecting(each))
  const ofPod = own.filter(
    (each) => isSelecting(each) && hasLabels(pod, stringsAt(each, 'spec', 'selector', 'matchLabels')),
  )
  const said = annotated(world, pod)
  if (said === undefined) return undefined
  const types = [imageType, ...[inRoot, ofNamespace, ofPod].map(lastType), said]
  const type = types.findLast((each) => each !== '') ?? ''
  return type === 'default' ? '' : type
}

function isSelecting(config: KubernetesObject): boolean {
  return (at(config, 'spec', 'selector') ?? null) !== null
}

function lastType(configs: readonly KubernetesObject[]): string {
  return textAt(configs.at(-1), 'spec', 'image', 'imageType') ?? ''
}

function annotated(world: MeshWorld, pod: KubernetesObject): string | undefined {
  const text = annotationsOf(pod)['proxy.istio.io/config']
  if (text === undefined) return ''
  const document = world.yaml(text)
  if (document === undefined) return undefined
  return document.fault === undefined ? (textAt(document.value, 'image', 'imageType') ?? '') : ''
}
