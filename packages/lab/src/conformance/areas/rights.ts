import { listAt } from '@orbweaver/contracts/json'
import { everybodyIsAdmin, ignoringHeader, ignoringSent, only, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import type { Scene } from '../scene.ts'
import { configMap } from './objects.ts'
import { type Grant, granted, groupOf, rbac, readsMaps, type Rule, user } from './roles.ts'

const clusterWide = `/apis/${rbac}/v1`

/** A ClusterRole and its binding. */
async function grantedEverywhere({ ask, unique }: Scene, { rules, to }: Grant): Promise<void> {
  const name = unique('everywhere')
  await ask(`${clusterWide}/clusterroles`, { body: { metadata: { name }, rules } })
  const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name }
  await ask(`${clusterWide}/clusterrolebindings`, { body: { metadata: { name }, roleRef, subjects: [to] } })
}

export const rights: Area = {
  title: 'Rights (RBAC)',
  checks: [
    check(
      'Who may not read gets 403 with user, verb, resource, group and namespace in the text.',
      everybodyIsAdmin,
      async ({ ask, at, namespace }) => {
        fits(await ask(at('configmaps/a'), { as: 'nora' }), {
          status: 403,
          body: {
            kind: 'Status',
            status: 'Failure',
            reason: 'Forbidden',
            message: `configmaps "a" is forbidden: User "nora" cannot get resource "configmaps" in API group "" in the namespace "${namespace}"`,
            details: { name: 'a', kind: 'configmaps' },
            code: 403,
          },
        })
      },
    ),
    check('At the cluster scope the text says so, and the group is named.', everybodyIsAdmin, async ({ ask }) => {
      fits(await ask('/apis/apps/v1/deployments', { as: 'nora' }), {
        status: 403,
        body: {
          message:
            'deployments.apps is forbidden: User "nora" cannot list resource "deployments" in API group "apps" at the cluster scope',
          details: { group: 'apps', kind: 'deployments' },
        },
      })
    }),
    check('A subresource is named with its resource.', everybodyIsAdmin, async ({ ask, at, namespace }) => {
      fits(await ask(at('apps/v1/deployments/a/scale'), { as: 'nora' }), {
        status: 403,
        body: {
          message: `deployments.apps "a" is forbidden: User "nora" cannot get resource "deployments/scale" in API group "apps" in the namespace "${namespace}"`,
        },
      })
    }),
    check('A path that is no resource is forbidden, too.', everybodyIsAdmin, async ({ ask }) => {
      fits(await ask('/metrics', { as: 'nora' }), {
        status: 403,
        body: { reason: 'Forbidden', message: 'forbidden: User "nora" cannot get path "/metrics"', details: {} },
      })
    }),
    check(
      'Everybody who has signed in may discover and see the version.',
      ignoringHeader('authorization'),
      async ({ ask }) => {
        for (const path of ['/version', '/apis', '/api/v1', '/openapi/v3', '/healthz'])
          fits(await ask(path, { as: 'nora' }), { status: 200 })
      },
    ),
    check(
      'Who has not signed in may see version and health, and is system:anonymous elsewhere.',
      everybodyIsAdmin,
      async ({ ask, at, namespace }) => {
        fits(await ask('/version', { token: '' }), { status: 200 })
        fits(await ask(at('configmaps'), { token: '' }), {
          status: 403,
          body: {
            message: `configmaps is forbidden: User "system:anonymous" cannot list resource "configmaps" in API group "" in the namespace "${namespace}"`,
          },
        })
      },
    ),
    check('A Role gives its verbs in its namespace, and nothing elsewhere.', everybodyIsAdmin, async (scene) => {
      const { ask, at, eventually } = scene
      await granted(scene, { rules: [readsMaps], to: user('nora') })
      await eventually(() => ask(at('configmaps'), { as: 'nora' }), { status: 200 })
      fits(await ask(at('configmaps'), { as: 'nora', body: configMap('a') }), { status: 403 })
      fits(await ask(at('secrets'), { as: 'nora' }), { status: 403 })
      fits(await ask('/api/v1/namespaces/default/configmaps', { as: 'nora' }), { status: 403 })
    }),
    check('A binding to a group holds for its members.', ignoringSent(['subjects', '*', 'name']), async (scene) => {
      const { ask, at, eventually } = scene
      await granted(scene, { rules: [readsMaps], to: groupOf('shop-developers') })
      await eventually(() => ask(at('configmaps'), { as: 'dana' }), { status: 200 })
      fits(await ask(at('configmaps'), { as: 'nora' }), { status: 403 })
    }),
    check(
      'resourceNames narrow a rule to these objects.',
      ignoringSent(['rules', '*', 'resourceNames']),
      async (scene) => {
        const { ask, at, eventually } = scene
        await granted(scene, { rules: [{ ...readsMaps, resourceNames: ['a'] }], to: user('nora') })
        for (const name of ['a', 'b']) await ask(at('configmaps'), { body: configMap(name) })
        await eventually(() => ask(at('configmaps/a'), { as: 'nora' }), { status: 200 })
        fits(await ask(at('configmaps/b'), { as: 'nora' }), { status: 403 })
        fits(await ask(at('configmaps'), { as: 'nora' }), { status: 403 })
        fits(await ask(at('configmaps?fieldSelector=metadata.name=a'), { as: 'nora' }), { status: 200 })
      },
    ),
    check('Subresources are rights of their own.', everybodyIsAdmin, async (scene) => {
      const { ask, at, eventually } = scene
      await granted(scene, {
        rules: [{ apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get'] }],
        to: user('nora'),
      })
      await eventually(() => ask(at('apps/v1/deployments/a/scale'), { as: 'nora' }), { status: 404 })
      fits(await ask(at('apps/v1/deployments/a'), { as: 'nora' }), { status: 403 })
    }),
    check(
      'A ClusterRole bound cluster-wide holds everywhere; bound in a namespace, there.',
      ignoringHeader('impersonate-'),
      async (scene) => {
        const { ask, at, unique, eventually } = scene
        const erin = unique('erin')
        const as = { headers: { 'impersonate-user': erin } }
        await grantedEverywhere(scene, { rules: [readsMaps], to: user(erin) })
        await eventually(() => ask('/api/v1/configmaps?limit=1', as), { status: 200 })
        const name = unique('here')
        await ask(`${clusterWide}/clusterroles`, {
          body: { metadata: { name }, rules: [{ ...readsMaps, resources: ['secrets'] }] },
        })
        const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name }
        await ask(at(`${rbac}/v1/rolebindings`), {
          body: { metadata: { name: 'here' }, roleRef, subjects: [user(erin)] },
        })
        await eventually(() => ask(at('secrets'), as), { status: 200 })
        fits(await ask('/api/v1/secrets?limit=1', as), { status: 403 })
      },
    ),
    check(
      'A ClusterRole with an aggregationRule gets the rules of those that its selector selects.',
      ignoringSent(['aggregationRule']),
      async (scene) => {
        const { ask, unique, eventually } = scene
        const path = `${clusterWide}/clusterroles`
        const labels = { [unique('part')]: 'true' }
        const aggregationRule = { clusterRoleSelectors: [{ matchLabels: labels }] }
        await ask(path, { body: { metadata: { name: unique('whole') }, aggregationRule, rules: [] } })
        await ask(path, { body: { metadata: { name: unique('part'), labels }, rules: [readsMaps] } })
        await eventually(() => ask(`${path}/${unique('whole')}`), { status: 200, body: { rules: [readsMaps] } })
        await ask(`${path}/${unique('part')}`, { method: 'DELETE' })
        await eventually(async () => listAt((await ask(`${path}/${unique('whole')}`)).body, 'rules').length, 0)
      },
    ),
    check(
      'view, edit and admin aggregate, and cluster-admin may do everything.',
      withoutAnswered(['aggregationRule']),
      async ({ ask }) => {
        const path = `${clusterWide}/clusterroles`
        for (const name of ['view', 'edit', 'admin']) {
          fits(await ask(`${path}/${name}`), {
            status: 200,
            body: {
              aggregationRule: {
                clusterRoleSelectors: including({ matchLabels: { [`${rbac}/aggregate-to-${name}`]: 'true' } }),
              },
              rules: something,
            },
          })
        }
        fits((await ask(`${path}/cluster-admin`)).body, {
          rules: including(
            { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
            { nonResourceURLs: ['*'], verbs: ['*'] },
          ),
        })
      },
    ),
    check(
      'Nobody gives rights that they do not have: 403, attempting to grant extra permissions.',
      everybodyIsAdmin,
      async (scene) => {
        const { ask, at, eventually } = scene
        const roles = { apiGroups: [rbac], resources: ['roles', 'rolebindings'], verbs: ['create', 'get', 'update'] }
        await granted(scene, { rules: [roles, readsMaps], to: user('nora') })
        const role = (name: string, rules: Rule[]) =>
          ask(at(`${rbac}/v1/roles`), { as: 'nora', body: { metadata: { name }, rules } })
        await eventually(() => role('mine', [readsMaps]), { status: 201 })
        fits(await role('more', [{ ...readsMaps, resources: ['secrets'] }]), {
          status: 403,
          body: {
            reason: 'Forbidden',
            message:
              /^roles\.rbac\.authorization\.k8s\.io "more" is forbidden: user "nora" \(groups=\[("" )?"system:authenticated"\]\) is attempting to grant RBAC permissions not currently held:\n\{APIGroups:\[""\], Resources:\["secrets"\], Verbs:\["get" "list"\]\}$/,
          },
        })
      },
    ),
    check(
      'Nobody binds a role whose rights they do not have, unless they may bind it.',
      everybodyIsAdmin,
      async (scene) => {
        const { ask, at, eventually } = scene
        const roles = { apiGroups: [rbac], resources: ['rolebindings'], verbs: ['create', 'get'] }
        const mayBind = { apiGroups: [rbac], resources: ['clusterroles'], verbs: ['bind'], resourceNames: ['view'] }
        await granted(scene, { rules: [roles, mayBind], to: user('nora') })
        const bind = (name: string, role: string) =>
          ask(at(`${rbac}/v1/rolebindings`), {
            as: 'nora',
            body: {
              metadata: { name },
              roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
              subjects: [user('dana')],
            },
          })
        await eventually(() => bind('view', 'view'), { status: 201 })
        fits(await bind('edit', 'edit'), {
          status: 403,
          body: {
            message:
              /^rolebindings\.rbac\.authorization\.k8s\.io "edit" is forbidden: user "nora" \(groups=\[("" )?"system:authenticated"\]\) is attempting to grant RBAC permissions not currently held:\n/,
          },
        })
      },
    ),
    check(
      'The roleRef of a binding does not change.',
      only({ method: 'PUT' }, takingFor(['roleRef'], { apiGroup: rbac, kind: 'Role', name: 'role' })),
      async (scene) => {
        const { ask, at } = scene
        await granted(scene, { rules: [readsMaps], to: user('nora') })
        const body = {
          metadata: { name: 'binding' },
          roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'view' },
          subjects: [user('nora')],
        }
        fits(await ask(at(`${rbac}/v1/rolebindings/binding`), { method: 'PUT', body }), {
          status: 422,
          body: {
            message:
              /^RoleBinding\.rbac\.authorization\.k8s\.io "binding" is invalid: roleRef: Invalid value: .*: cannot change roleRef$/,
          },
        })
      },
    ),
  ],
}
