import { isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { documentAt } from '../../meshes/config-maps.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { namesOf } from '../names-of.ts'
import type { MeshWorld } from '../world.ts'
import { imageTypeOf } from './image-type.ts'

const other: Code = { code: 'namespace.proxy-image', severity: 'warning', istio: 'accepts', aliases: ['IST0158'] }

const injector = 'istio-sidecar-injector'

/** The image that an injector gives, by the name of its ConfigMap; undefined where it is not known. */
const injectedImages: Index<string | undefined> = defineIndex({
  name: 'images that injectors give',
  kinds: [kinds.configMap],
  entries: (map) => (map.metadata.name.startsWith(injector) ? [[map.metadata.name, imageIn(map)]] : []),
})

/** Namespaces with Pods whose proxy is not the one that would be injected now (istio analyzers/injection-image.go). */
export const proxyImage: Judge = {
  says: [other],
  kinds: [kinds.namespace],
  where: 'every',
  judge(subject, world) {
    const labels = labelsOf(subject.object)
    const revision = labels[names.revision] ?? (labels[names.injection] === 'enabled' ? 'default' : undefined)
    if (revision === undefined) return []
    const map = revision === '' || revision === 'default' ? injector : `${injector}-${revision}`
    const [image] = world.look(injectedImages, map)
    if (image === undefined) return []
    const pods = subject.view
      .list(kinds.pod, subject.object.metadata.name)
      .filter((pod) => isOther({ subject, world, image }, pod))
    if (pods.length === 0) return []
    const params = { pods: namesOf(pods), count: pods.length, image }
    return [found(subject, other, { params, evidence: pods.map((each) => refOf(subject.cluster, each)) })]
  },
}

type Looked = { subject: Subject; world: MeshWorld; image: string }

function isOther({ world, image }: Looked, pod: KubernetesObject): boolean {
  if ((annotationsOf(pod)['sidecar.istio.io/proxyImage'] ?? '') !== '') return false
  const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  const images = containers
    .filter((each) => textAt(each, 'name') === 'istio-proxy')
    .map((each) => textAt(each, 'image') ?? '')
  const unlike = images.filter((each) => each !== image)
  if (unlike.length === 0) return false
  const type = imageTypeOf(world, pod)
  return type !== undefined && unlike.some((each) => each !== `${image}-${type}`)
}

/** As the injector’s template names it; what is no text there makes all of it unreadable. */
function imageIn(map: KubernetesObject): string | undefined {
  const values = documentAt(map, 'values')
  if (values === undefined) return textAt(map, 'data', 'values') === undefined ? undefined : ''
  const [hub, tag] = [textIn(values, 'global', 'hub'), textIn(values, 'global', 'tag')]
  const image = textIn(values, 'global', 'proxy', 'image')
  if (hub === undefined || tag === undefined || image === undefined) return ''
  return image.includes('/') ? image : `${hub}/${image}:${tag}`
}

/** Go reads null, and what is not there, as empty; undefined for what it cannot read as text. */
function textIn(value: Json, ...path: string[]): string | undefined {
  const [key, ...rest] = path
  if (value === null) return ''
  if (key === undefined) return typeof value === 'string' ? value : undefined
  return isRecord(value) ? textIn(value[key] ?? null, ...rest) : undefined
}
