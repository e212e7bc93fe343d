import { everybodyIsAdmin, ignoringHeader } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import { userOf, whoAmI } from './who-am-i.ts'

const impersonating = (user: string, more: Record<string, string | string[]> = {}) => ({
  headers: { 'impersonate-user': user, ...more },
})

export const impersonation: Area = {
  title: 'Identity and impersonation',
  checks: [
    check('A bearer token that nobody has is 401.', everybodyIsAdmin, async ({ ask, at }) => {
      fits(await ask(at('configmaps'), { token: 'nonsense' }), {
        status: 401,
        body: {
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          reason: 'Unauthorized',
          message: 'Unauthorized',
          code: 401,
        },
      })
    }),
    check("Impersonation makes a request another user's.", ignoringHeader('impersonate-'), async (scene) => {
      fits(userOf(await whoAmI(scene, impersonating('erin'))), {
        status: 201,
        user: { username: 'erin', groups: ['system:authenticated'] },
      })
    }),
    check(
      'Impersonated groups come beside the user, several of them.',
      ignoringHeader('impersonate-group'),
      async (scene) => {
        const how = impersonating('erin', { 'impersonate-group': ['one', 'two'] })
        fits(userOf(await whoAmI(scene, how)), {
          user: { username: 'erin', groups: ['one', 'two', 'system:authenticated'] },
        })
      },
    ),
    check(
      'Impersonated extras come with lower-case keys and all their values.',
      ignoringHeader('impersonate-extra-'),
      async (scene) => {
        const how = impersonating('erin', {
          'impersonate-extra-Scopes': ['a', 'b'],
          'impersonate-extra-orbweaver.dev%2freason': 'audit',
        })
        fits(userOf(await whoAmI(scene, how)), {
          user: { username: 'erin', extra: { scopes: ['a', 'b'], 'orbweaver.dev/reason': ['audit'] } },
        })
      },
    ),
    check('An impersonated ServiceAccount has the groups of one.', ignoringHeader('impersonate-'), async (scene) => {
      const name = `system:serviceaccount:${scene.namespace}:robot`
      fits(userOf(await whoAmI(scene, impersonating(name))), {
        user: {
          username: name,
          groups: ['system:serviceaccounts', `system:serviceaccounts:${scene.namespace}`, 'system:authenticated'],
        },
      })
    }),
    check('Impersonation by who may not is 403.', everybodyIsAdmin, async (scene) => {
      fits(await whoAmI(scene, { as: 'nora', ...impersonating('erin') }), {
        status: 403,
        body: {
          reason: 'Forbidden',
          message:
            'selfsubjectreviews.authentication.k8s.io is forbidden: User "nora" cannot impersonate-on:user-info:create resource "selfsubjectreviews" in API group "authentication.k8s.io" at the cluster scope',
          details: { group: 'authentication.k8s.io', kind: 'selfsubjectreviews' },
        },
      })
    }),
    check('The right to impersonate may be narrowed to users, groups and extras.', everybodyIsAdmin, async (scene) => {
      const { ask, unique } = scene
      const path = '/apis/rbac.authorization.k8s.io/v1'
      const name = unique('impersonator')
      const rules = [
        { apiGroups: [''], resources: ['users'], verbs: ['impersonate'], resourceNames: ['erin'] },
        { apiGroups: [''], resources: ['groups'], verbs: ['impersonate'], resourceNames: ['one'] },
        {
          apiGroups: ['authentication.k8s.io'],
          resources: ['userextras/reason'],
          verbs: ['impersonate'],
          resourceNames: ['audit'],
        },
      ]
      await ask(`${path}/clusterroles`, { body: { metadata: { name }, rules } })
      const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'vera' }]
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }
      await ask(`${path}/clusterrolebindings`, { body: { metadata: { name }, roleRef, subjects } })
      const as = (more: Record<string, string>, user = 'erin') =>
        whoAmI(scene, { as: 'vera', ...impersonating(user, more) })
      await scene.eventually(() => as({ 'impersonate-group': 'one', 'impersonate-extra-reason': 'audit' }), {
        status: 201,
      })
      fits(await as({}, 'frank'), { status: 403, body: { details: { name: 'frank', kind: 'users' } } })
      fits(await as({ 'impersonate-group': 'two' }), {
        status: 403,
        body: { message: /^groups "two" is forbidden: User "vera" cannot impersonate resource "groups"/ },
      })
      fits(await as({ 'impersonate-extra-reason': 'fun' }), {
        status: 403,
        body: {
          message:
            /cannot impersonate resource "userextras\/reason" in API group "authentication\.k8s\.io" at the cluster scope$/,
        },
      })
    }),
    check('Impersonated groups without a user are refused.', ignoringHeader('impersonate-'), async (scene) => {
      fits(await whoAmI(scene, { headers: { 'impersonate-group': 'one' } }), {
        status: 400,
        body: { reason: 'BadRequest', message: /without impersonating a user/ },
      })
    }),
    check(
      "What an impersonated user may not, is refused in that user's name.",
      ignoringHeader('impersonate-'),
      async ({ ask, at, namespace }) => {
        fits(await ask(at('secrets'), impersonating('erin')), {
          status: 403,
          body: {
            message: `secrets is forbidden: User "erin" cannot list resource "secrets" in API group "" in the namespace "${namespace}"`,
          },
        })
      },
    ),
  ],
}
