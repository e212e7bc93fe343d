import { type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import { only, takingBodiesAs, takingFor } from '../../breakage.ts'
import { type Check, check } from '../../check.ts'
import { fits, including } from '../../fits.ts'
import { withoutAnswered } from '../../forms.ts'
import type { Scene } from '../../scene.ts'
import { controlPlane } from '../control-plane.ts'
import { patchType } from '../objects.ts'
import { refusedRule, weighing } from './before.ts'

const path = 'networking.istio.io/v1/virtualservices'
const rule = (weight: number, metadata: JsonRecord = {}): JsonRecord => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'rule', ...metadata },
  spec: weighing(weight),
})

const words = 'denied the request: configuration is invalid: weight -1 < 0'
const refusal = { status: 400, body: { message: `admission webhook "validation.istio.io" ${words}` } }
const everySpecIsPlain = takingFor(['spec'], weighing(1))

const labelled = (scene: Scene, revision: string) =>
  scene.ask(scene.at(`${path}?dryRun=All`), { body: rule(-1, { labels: { 'istio.io/rev': revision } }) })

export const lifecycle: readonly Check[] = [
  check('What istiod refuses is not there afterwards, dry run or not.', everySpecIsPlain, async (scene) => {
    await controlPlane(scene)
    const { ask, at } = scene
    fits(await ask(at(`${path}?dryRun=All`), { body: rule(-1) }), refusal)
    fits(await ask(at(path), { body: rule(-1) }), refusal)
    fits(await ask(at(`${path}/rule`)), { status: 404 })
  }),
  check(
    'A change is refused as a new object is: PUT, merge patch, JSON patch and apply.',
    everySpecIsPlain,
    async (scene) => {
      await controlPlane(scene)
      const { ask, at } = scene
      const made = await ask(at(path), { body: rule(1) })
      fits(made, { status: 201 })
      const own = at(`${path}/rule`)
      fits(await ask(own, { method: 'PUT', body: { ...rule(-1), metadata: recordAt(made.body, 'metadata') } }), refusal)
      fits(await ask(own, { method: 'PATCH', type: patchType.merge, body: { spec: weighing(-1) } }), refusal)
      const operations = [{ op: 'replace', path: '/spec/http/0/route/0/weight', value: -1 }]
      fits(await ask(own, { method: 'PATCH', type: patchType.json, body: operations }), refusal)
      const applied = at(`${path}/rule?fieldManager=check&force=true`)
      fits(await ask(applied, { method: 'PATCH', type: patchType.apply, body: rule(-1) }), refusal)
      fits(await ask(own), { status: 200, body: { spec: weighing(1) } })
    },
  ),
  check('Every served version of a kind is judged.', everySpecIsPlain, async (scene) => {
    await controlPlane(scene)
    for (const version of ['v1', 'v1beta1', 'v1alpha3']) {
      const body = { ...rule(-1), apiVersion: `networking.istio.io/${version}` }
      fits(await scene.ask(scene.at(`networking.istio.io/${version}/virtualservices?dryRun=All`), { body }), refusal)
    }
  }),
  check(
    'The control plane with the tag default judges every object, also one with the label of a revision that nobody serves.',
    everySpecIsPlain,
    async (scene) => {
      const { revision } = await controlPlane(scene)
      fits(await labelled(scene, 'nobody'), refusal)
      const either = new RegExp(`^admission webhook "(rev\\.)?validation\\.istio\\.io" ${words}$`)
      fits(await labelled(scene, revision), { status: 400, body: { message: either } })
    },
  ),
  check(
    'What was there before istiod, and would be refused, is not changed unless it is repaired; its status is, and it is deleted.',
    only(
      { method: 'PATCH', path: /before$/ },
      takingBodiesAs(() => ({ spec: weighing(1) })),
    ),
    async (scene) => {
      const own = await refusedRule(scene)
      await controlPlane(scene)
      const { ask } = scene
      const label = { metadata: { labels: { a: 'b' } } }
      const patch = { method: 'PATCH', type: patchType.merge }
      fits(await ask(own, { ...patch, body: label }), refusal)
      fits(await ask(`${own}?dryRun=All`, { ...patch, body: { ...label, spec: weighing(1) } }), { status: 200 })
      const status = { status: { conditions: [{ type: 'Reconciled', status: 'True' }] } }
      fits(await ask(`${own}/status`, { ...patch, body: status }), { status: 200, body: status })
      fits(await ask(own, { method: 'DELETE' }), { status: 200 })
    },
  ),
  check(
    'The validators ask for CREATE and UPDATE of whole objects of four groups; that of a revision for its label alone.',
    withoutAnswered(['webhooks', '*', 'rules']),
    async (scene) => {
      const { revision, namespace } = await controlPlane(scene)
      const group = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations'
      const rules = [
        {
          operations: ['CREATE', 'UPDATE'],
          apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
          apiVersions: ['*'],
          resources: ['*'],
        },
      ]
      const asked = { rules, failurePolicy: 'Fail', sideEffects: 'None', matchPolicy: 'Equivalent' }
      fits(await scene.ask(`${group}/istiod-default-validator`), {
        status: 200,
        body: { webhooks: [{ name: 'validation.istio.io', objectSelector: {}, ...asked }] },
      })
      fits(await scene.ask(`${group}/istio-validator-${revision}-${namespace}`), {
        status: 200,
        body: {
          webhooks: including({
            name: 'rev.validation.istio.io',
            objectSelector: { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: [revision] }] },
            ...asked,
          }),
        },
      })
    },
  ),
]
