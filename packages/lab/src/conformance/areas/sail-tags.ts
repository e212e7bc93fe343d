import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { only, takingFor, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import {
  admission,
  anotherNamespace,
  condition,
  deaf,
  deleted,
  hollow,
  installed,
  istio,
  made,
  merge,
  notReferenced,
  older,
  patched,
  referenced,
  revisionBased,
  revisionOf,
  said,
  sail,
  settles,
  tagOf,
} from './sail.ts'

const newer = 'v1.30.3'
const path = (tag: string): string => `${sail}/istiorevisiontags/${tag}`
const webhookOf = (tag: string, namespace: string): string =>
  `${admission}/mutatingwebhookconfigurations/istio-revision-tag-${tag}-${namespace}`
const unmoved = only({ method: 'PATCH' }, deaf('istios', ['spec', 'version']))
const nowhere = 'nowhere'

export const sailTags: Area = {
  title: 'Sail revision tags',
  checks: [
    check(
      'A tag at an Istio that is not there is RefNotFound, and its use cannot be told.',
      takingFor(['spec', 'targetRef', 'kind'], 'IstioRevision'),
      async (scene) => {
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', 'nobody'))
        await settles(scene, path(tag), {
          status: {
            observedGeneration: 1,
            state: 'RefNotFound',
            istioRevision: '',
            istiodNamespace: '',
            conditions: [
              said('Reconciled False RefNotFound', 'referenced Istio resource does not exist'),
              said(
                'InUse Unknown UsageCheckFailed',
                'failed to determine if revision tag is in use: Istio.sailoperator.io "nobody" not found',
              ),
            ],
          },
        })
      },
    ),
    check(
      'A tag at a revision that is not there says so.',
      only({ method: 'POST' }, deaf('istiorevisiontags', ['spec', 'targetRef', 'kind'])),
      async (scene) => {
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'IstioRevision', 'nobody'))
        await settles(scene, path(tag), {
          status: {
            state: 'RefNotFound',
            conditions: including(
              said('Reconciled False RefNotFound', 'referenced IstioRevision resource does not exist'),
            ),
          },
        })
      },
    ),
    check(
      'A tag at an Istio that was refused has no revision to point at.',
      deaf('istios', ['spec', 'version']),
      async (scene) => {
        const [name, tag] = [scene.unique('a'), scene.unique('tag')]
        await made(scene, 'istios', istio(name, { namespace: nowhere, version: 'v1.26.3' }))
        await settles(scene, `${sail}/istios/${name}`, { status: { state: 'ReconcileError' } })
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        const words = 'transient error: referenced Istio has no active revision'
        await settles(scene, path(tag), {
          status: {
            state: 'ReconcileError',
            conditions: [
              said('Reconciled False ReconcileError', `error reconciling resource: ${words}`),
              said('InUse Unknown UsageCheckFailed', `failed to determine if revision tag is in use: ${words}`),
            ],
          },
        })
      },
    ),
    check(
      'A tag points at its target as soon as there is one.',
      only({ method: 'POST' }, deaf('istios', ['metadata', 'name'])),
      async (scene) => {
        await hollow(scene)
        const [name, tag] = [scene.unique('a'), scene.unique('tag')]
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        await settles(scene, path(tag), { status: { state: 'RefNotFound' } })
        await made(scene, 'istios', istio(name, { namespace: scene.namespace }))
        await settles(scene, path(tag), {
          status: {
            istioRevision: name,
            istiodNamespace: scene.namespace,
            conditions: condition('Reconciled', 'True'),
          },
        })
      },
    ),
    check(
      'A tag that points somewhere is Reconciled, and of state NotReferencedByAnything until somebody uses it.',
      deaf('namespaces', ['metadata', 'labels']),
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a')
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        await settles(scene, path(tag), {
          status: {
            state: 'NotReferencedByAnything',
            istioRevision: name,
            conditions: [said('Reconciled True Reconciled'), notReferenced],
          },
        })
        await anotherNamespace(scene, 'apps', { 'istio.io/rev': tag })
        await settles(scene, path(tag), {
          status: { state: 'Healthy', conditions: [said('Reconciled True Reconciled'), referenced] },
        })
      },
    ),
    check(
      'A tag brings two webhooks under its name, labelled with the revision that they call, and a Service.',
      only({ method: 'POST' }, deaf('istiorevisiontags', ['spec', 'targetRef', 'name'])),
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a')
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        const rev = { key: 'istio.io/rev', operator: 'In', values: [tag] }
        const absent = (key: string) => ({ key, operator: 'DoesNotExist' })
        const wanted = { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }
        const service = { name: `istiod-${name}`, namespace: scene.namespace, path: '/inject', port: 443 }
        await settles(scene, webhookOf(tag, scene.namespace), {
          metadata: { labels: { 'istio.io/tag': tag, 'istio.io/rev': name, release: `${tag}-revisiontags` } },
          webhooks: [
            {
              name: 'rev.namespace.sidecar-injector.istio.io',
              clientConfig: { service },
              namespaceSelector: { matchExpressions: [rev, absent('istio-injection')] },
              objectSelector: { matchExpressions: [wanted] },
            },
            {
              name: 'rev.object.sidecar-injector.istio.io',
              clientConfig: { service },
              namespaceSelector: { matchExpressions: [absent('istio.io/rev'), absent('istio-injection')] },
              objectSelector: { matchExpressions: [wanted, rev] },
            },
          ],
        })
        await settles(scene, scene.at(`services/istiod-revision-tag-${tag}`), {
          metadata: { labels: { 'istio.io/tag': tag, 'istio.io/rev': name } },
          spec: { selector: { app: 'istiod', 'istio.io/rev': name } },
        })
      },
    ),
    check('A tag at an Istio follows its active revision, with its webhooks.', unmoved, async (scene) => {
      await hollow(scene)
      const name = await installed(scene, 'a', { ...revisionBased(), version: older })
      const tag = scene.unique('tag')
      await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
      await settles(scene, path(tag), { status: { istioRevision: revisionOf(name, older) } })
      await scene.ask(`${sail}/istios/${name}`, patched({ version: newer }))
      await settles(scene, path(tag), { status: { istioRevision: revisionOf(name) } })
      await settles(scene, webhookOf(tag, scene.namespace), {
        metadata: { labels: { 'istio.io/rev': revisionOf(name) } },
      })
      await settles(scene, `${sail}/istiorevisions/${revisionOf(name, older)}`, {
        status: { conditions: condition('InUse', 'False', notReferenced) },
      })
    }),
    check(
      'A tag at a revision stays when the Istio is upgraded, and moves when it is told to.',
      only({ method: 'PATCH' }, deaf('istiorevisiontags', ['spec', 'targetRef'])),
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a', { ...revisionBased(), version: older })
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'IstioRevision', revisionOf(name, older)))
        await settles(scene, path(tag), { status: { istioRevision: revisionOf(name, older) } })
        await scene.ask(`${sail}/istios/${name}`, patched({ version: newer }))
        await settles(scene, `${sail}/istios/${name}`, {
          status: { activeRevisionName: revisionOf(name), conditions: condition('Reconciled', 'True') },
        })
        fits(await scene.ask(path(tag)), { body: { status: { istioRevision: revisionOf(name, older) } } })
        await scene.ask(path(tag), patched({ targetRef: { name: revisionOf(name) } }))
        await settles(scene, path(tag), { status: { observedGeneration: 2, istioRevision: revisionOf(name) } })
      },
    ),
    check(
      'A tag that is deleted takes its objects along, also when it is in use, and its revision is no longer used.',
      undeletable,
      async (scene) => {
        const { ask, eventually } = scene
        await hollow(scene)
        const name = await installed(scene, 'a')
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        await anotherNamespace(scene, 'apps', { 'istio.io/rev': tag })
        await settles(scene, path(tag), {
          metadata: { finalizers: ['sailoperator.io/sail-operator'] },
          status: { state: 'Healthy' },
        })
        await ask(path(tag), deleted)
        await eventually(() => ask(path(tag)), { status: 404 })
        fits(await ask(webhookOf(tag, scene.namespace)), { status: 404 })
        await settles(scene, `${sail}/istiorevisions/${name}`, {
          status: { conditions: condition('InUse', 'False', notReferenced) },
        })
      },
    ),
    check(
      'A tag whose Istio is deleted is RefNotFound and remembers where it pointed; its webhooks stay.',
      undeletable,
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a')
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        await settles(scene, path(tag), { status: { istioRevision: name } })
        await scene.ask(`${sail}/istios/${name}`, deleted)
        await settles(scene, path(tag), { status: { state: 'RefNotFound', istioRevision: name } })
        fits(await scene.ask(webhookOf(tag, scene.namespace)), { status: 200 })
      },
    ),
    check(
      'A webhook of a tag that somebody changes is put back, but for its caBundle.',
      only({ method: 'PATCH' }, deaf('mutatingwebhookconfigurations', ['webhooks'])),
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a')
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'Istio', name))
        const webhook = webhookOf(tag, scene.namespace)
        await settles(scene, webhook, {})
        const { body } = await scene.ask(webhook)
        const authority = await scene.ask(scene.at('configmaps/kube-root-ca.crt'))
        const caBundle = Buffer.from(textAt(authority.body, 'data', 'ca.crt') ?? '').toString('base64')
        const webhooks = listAt(body, 'webhooks').map((each) => {
          const clientConfig = { ...recordAt(each, 'clientConfig'), caBundle }
          return { ...recordAt(each), reinvocationPolicy: 'IfNeeded', clientConfig }
        })
        fits(await scene.ask(webhook, merge({ webhooks })), { status: 200 })
        const kept = { reinvocationPolicy: 'Never', clientConfig: { caBundle } }
        await settles(scene, webhook, { webhooks: [kept, kept] })
      },
    ),
  ],
}
