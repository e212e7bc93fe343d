import type { JsonRecord } from '@orbweaver/contracts/json'
import { ignoringSent, only, stating, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'
import { customKind, objectsOf, serve, widget } from './custom-kind.ts'
import { configMap, patchType } from './objects.ts'

const path = '/apis/admissionregistration.k8s.io/v1'
const apiVersion = 'admissionregistration.k8s.io/v1'

type Policy = {
  spec: JsonRecord
  /** Of the binding. */
  actions?: string[]
  binding?: JsonRecord
}

const resourceRules = [
  { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] },
]

/** A policy for ConfigMaps of the check's namespace, and its binding. */
async function bound(scene: Scene, { spec, actions = ['Deny'], binding = {} }: Policy): Promise<void> {
  const { ask, unique, namespace } = scene
  const name = unique('policy')
  const policy = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: { matchConstraints: { resourceRules }, ...spec },
  }
  fits(await ask(`${path}/validatingadmissionpolicies`, { body: policy }), { status: 201 })
  const matchResources = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }
  const body = { policyName: name, validationActions: actions, matchResources, ...binding }
  fits(
    await ask(`${path}/validatingadmissionpolicybindings`, {
      body: { apiVersion, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec: body },
    }),
    { status: 201 },
  )
}

const create = ({ ask, at }: Scene, name: string, data: Record<string, string> = {}): Promise<Answer> =>
  ask(at('configmaps?dryRun=All'), { body: configMap(name, { data }) })

const never = takingFor(['spec', 'validations', '*', 'expression'], 'true')
const wantsOwner = {
  validations: [{ expression: "has(object.data) && 'owner' in object.data", message: 'an owner is needed' }],
}

const refused = (scene: Scene, message: string) => {
  const name = scene.unique('policy')
  return {
    status: 422,
    body: {
      reason: 'Invalid',
      message: `configmaps "a" is forbidden: ValidatingAdmissionPolicy '${name}' with binding '${name}' denied request: ${message}`,
    },
  }
}

export const policies: Area = {
  title: 'ValidatingAdmissionPolicy',
  checks: [
    check(
      'A policy refuses what its expression does not hold for: 422, and names policy, binding and message.',
      never,
      async (scene) => {
        await bound(scene, { spec: wantsOwner })
        await scene.eventually(() => create(scene, 'a'), {
          ...refused(scene, 'an owner is needed'),
          headers: { 'content-type': 'application/json' },
        })
        fits(await create(scene, 'a', { owner: 'me' }), { status: 201 })
      },
    ),
    check('Without a message the expression is told.', never, async (scene) => {
      await bound(scene, { spec: { validations: [{ expression: "object.metadata.name != 'a'" }] } })
      await scene.eventually(() => create(scene, 'a'), refused(scene, "failed expression: object.metadata.name != 'a'"))
    }),
    check(
      'messageExpression makes the message.',
      ignoringSent(['spec', 'validations', '*', 'messageExpression']),
      async (scene) => {
        await bound(scene, {
          spec: {
            validations: [
              { expression: "object.metadata.name != 'a'", messageExpression: "'not ' + object.metadata.name" },
            ],
          },
        })
        await scene.eventually(() => create(scene, 'a'), refused(scene, 'not a'))
      },
    ),
    check(
      'reason sets reason and code of the refusal.',
      ignoringSent(['spec', 'validations', '*', 'reason']),
      async (scene) => {
        await bound(scene, { spec: { validations: [{ expression: 'false', message: 'no', reason: 'Forbidden' }] } })
        await scene.eventually(() => create(scene, 'a'), { status: 403, body: { reason: 'Forbidden', code: 403 } })
      },
    ),
    check(
      'validationActions Warn lets pass with a Warning.',
      takingFor(['spec', 'validationActions'], ['Audit']),
      async (scene) => {
        await bound(scene, { spec: wantsOwner, actions: ['Warn'] })
        const name = scene.unique('policy')
        await scene.eventually(() => create(scene, 'a'), {
          status: 201,
          warnings: [
            `Validation failed for ValidatingAdmissionPolicy '${name}' with binding '${name}': an owner is needed`,
          ],
        })
      },
    ),
    check(
      'matchConditions leave out what they do not hold for.',
      ignoringSent(['spec', 'matchConditions']),
      async (scene) => {
        await bound(scene, {
          spec: { ...wantsOwner, matchConditions: [{ name: 'a', expression: "object.metadata.name == 'a'" }] },
        })
        await scene.eventually(() => create(scene, 'a'), { status: 422 })
        fits(await create(scene, 'b'), { status: 201 })
      },
    ),
    check(
      'variables are worked out once and used by name.',
      ignoringSent(['spec', 'variables', '*', 'nothing'], ['spec', 'policyName']),
      async (scene) => {
        const variables = [
          { name: 'keys', expression: 'object.data.size()' },
          { name: 'many', expression: 'variables.keys > 1' },
        ]
        await bound(scene, {
          spec: { variables, validations: [{ expression: '!variables.many', message: 'one key only' }] },
        })
        await scene.eventually(() => create(scene, 'a', { x: '1', y: '2' }), refused(scene, 'one key only'))
        fits(await create(scene, 'a', { x: '1' }), { status: 201 })
      },
    ),
    check('oldObject, request and namespaceObject may be asked.', never, async (scene) => {
      const { ask, at } = scene
      const expression =
        "request.operation == 'CREATE' || (object.data.k == oldObject.data.k && namespaceObject.metadata.name == request.namespace && request.userInfo.username != '')"
      await bound(scene, { spec: { validations: [{ expression, message: 'k stays' }] } })
      await ask(at('configmaps'), { body: configMap('a', { data: { k: '1' } }) })
      const patch = (data: object) =>
        ask(at('configmaps/a?dryRun=All'), { method: 'PATCH', type: patchType.merge, body: { data } })
      await scene.eventually(() => patch({ k: '2' }), refused(scene, 'k stays'))
      fits(await patch({ other: '2' }), { status: 200 })
    }),
    check('authorizer asks what the user may do.', never, async (scene) => {
      const expression =
        "authorizer.group('').resource('secrets').namespace(request.namespace).check('delete').allowed()"
      await bound(scene, { spec: { validations: [{ expression, message: 'not you' }] } })
      const { ask, at, namespace } = scene
      const rbac = 'rbac.authorization.k8s.io'
      const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['create'] }]
      await ask(at(`${rbac}/v1/roles`), { body: { metadata: { name: 'role' }, rules } })
      await ask(at(`${rbac}/v1/rolebindings`), {
        body: {
          metadata: { name: 'role' },
          roleRef: { apiGroup: rbac, kind: 'Role', name: 'role' },
          subjects: [{ kind: 'User', apiGroup: rbac, name: 'nora' }],
        },
      })
      const as = (user: string) =>
        ask(`/api/v1/namespaces/${namespace}/configmaps?dryRun=All`, { as: user, body: configMap('a') })
      await scene.eventually(() => as('nora'), refused(scene, 'not you'))
      fits(await as('lab-admin'), { status: 201 })
    }),
    check(
      'objectSelector and namespaceSelector of a binding choose.',
      ignoringSent(['spec', 'matchResources', 'objectSelector']),
      async (scene) => {
        const matchResources = {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': scene.namespace } },
          objectSelector: { matchLabels: { strict: 'true' } },
        }
        await bound(scene, { spec: wantsOwner, binding: { matchResources } })
        const strict = configMap('a', { metadata: { name: 'a', labels: { strict: 'true' } } })
        await scene.eventually(() => scene.ask(scene.at('configmaps?dryRun=All'), { body: strict }), { status: 422 })
        fits(await create(scene, 'a'), { status: 201 })
      },
    ),
    check('Parameters of a binding reach the expressions.', ignoringSent(['spec', 'policyName']), async (scene) => {
      const { ask, namespace } = scene
      const kind = customKind(scene, { spec: { most: { type: 'integer' } } })
      await serve(scene, kind)
      await ask(objectsOf(scene, kind), { body: widget(kind, 'limits', { most: 1 }) })
      const expression = 'object.data.size() <= params.spec.most'
      const paramKind = { apiVersion: `${kind.group}/v1`, kind: kind.kind }
      const paramRef = { name: 'limits', namespace, parameterNotFoundAction: 'Deny' }
      await bound(scene, {
        spec: { paramKind, validations: [{ expression, message: 'too many' }] },
        binding: { paramRef },
      })
      await scene.eventually(() => create(scene, 'a', { x: '1', y: '2' }), refused(scene, 'too many'))
      fits(await create(scene, 'a', { x: '1' }), { status: 201 })
      await ask(`${objectsOf(scene, kind)}/limits`, { method: 'DELETE' })
      const none = 'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction'
      await scene.eventually(() => create(scene, 'a', { x: '1' }), refused(scene, none))
    }),
    check(
      'An expression that fails to run refuses when failurePolicy is Fail.',
      ignoringSent(['spec', 'policyName']),
      async (scene) => {
        await bound(scene, {
          spec: {
            failurePolicy: 'Fail',
            validations: [{ expression: "object.data.missing == 'x'", message: 'never said' }],
          },
        })
        await scene.eventually(() => create(scene, 'a', { k: '1' }), {
          status: 422,
          body: {
            message:
              /denied request: expression 'object\.data\.missing == 'x'' resulted in error: no such key: missing$/,
          },
        })
      },
    ),
    check(
      'An expression that fails to run lets pass when failurePolicy is Ignore.',
      takingFor(['spec', 'failurePolicy'], 'Fail'),
      async (scene) => {
        const validations = [
          { expression: "object.metadata.name != 'probe'" },
          { expression: "object.data.missing == 'x'" },
        ]
        await bound(scene, { spec: { failurePolicy: 'Ignore', validations } })
        await scene.eventually(() => create(scene, 'probe', { k: '1' }), { status: 422 })
        fits(await create(scene, 'a', { k: '1' }), { status: 201 })
      },
    ),
    check('A policy whose expression does not compile is refused.', never, async ({ ask, unique }) => {
      const spec = { matchConstraints: { resourceRules }, validations: [{ expression: 'object.' }] }
      const body = { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata: { name: unique('policy') }, spec }
      fits(await ask(`${path}/validatingadmissionpolicies`, { body }), {
        status: 422,
        body: { message: /spec\.validations\[0\]\.expression: Invalid value: .*compilation failed/s },
      })
    }),
    check(
      'A policy gets its defaults.',
      only({ path: /policies$/ }, stating(['spec', 'failurePolicy'], 'Ignore')),
      async (scene) => {
        await bound(scene, { spec: wantsOwner })
        fits((await scene.ask(`${path}/validatingadmissionpolicies/${scene.unique('policy')}`)).body, {
          spec: {
            failurePolicy: 'Fail',
            matchConstraints: {
              matchPolicy: 'Equivalent',
              namespaceSelector: {},
              objectSelector: {},
              resourceRules: including({ scope: '*' }),
            },
          },
        })
      },
    ),
  ],
}
