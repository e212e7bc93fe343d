import { textAt } from '@orbweaver/contracts/json'
import { everybodyIsAdmin, ignoringHeader, ignoringSent, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, without } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'
import { granted, groupOf, readsMaps, user } from './roles.ts'

const review = ({ ask }: Scene, kind: string, { as, spec }: { as: string; spec: object }): Promise<Answer> =>
  ask(`/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`, {
    as,
    body: { apiVersion: 'authorization.k8s.io/v1', kind, spec },
  })

export const reviews: Area = {
  title: 'Reviews of rights and identities',
  checks: [
    check('A SelfSubjectAccessReview tells whether I may, and by which binding.', everybodyIsAdmin, async (scene) => {
      await granted(scene, { rules: [readsMaps], to: user('nora') })
      const ask = (verb: string) =>
        review(scene, 'SelfSubjectAccessReview', {
          as: 'nora',
          spec: { resourceAttributes: { namespace: scene.namespace, verb, resource: 'configmaps' } },
        })
      await scene.eventually(() => ask('list'), {
        status: 201,
        body: {
          kind: 'SelfSubjectAccessReview',
          status: {
            allowed: true,
            reason: `RBAC: allowed by RoleBinding "binding/${scene.namespace}" of Role "role" to User "nora"`,
          },
        },
      })
      fits(await ask('delete'), { status: 201, body: { status: { allowed: false, reason: undefined } } })
    }),
    check('A SelfSubjectRulesReview lists what I may do in a namespace.', everybodyIsAdmin, async (scene) => {
      await granted(scene, { rules: [{ ...readsMaps, resourceNames: ['a'] }], to: user('nora') })
      const ask = () => review(scene, 'SelfSubjectRulesReview', { as: 'nora', spec: { namespace: scene.namespace } })
      await scene.eventually(ask, {
        status: 201,
        body: {
          status: {
            incomplete: false,
            resourceRules: including(
              { verbs: ['get', 'list'], apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'] },
              { verbs: ['create'], apiGroups: ['authorization.k8s.io'] },
            ),
            nonResourceRules: including({ verbs: ['get'], nonResourceURLs: including('/version') }),
          },
        },
      })
      fits((await ask()).body, { status: { resourceRules: without({ verbs: ['*'] }) } })
    }),
    check(
      'A SubjectAccessReview asks for others: users and groups.',
      ignoringSent(['spec', 'groups']),
      async (scene) => {
        await granted(scene, { rules: [readsMaps], to: groupOf('shop-developers') })
        const spec = {
          user: 'whoever',
          groups: ['shop-developers'],
          resourceAttributes: { namespace: scene.namespace, verb: 'get', resource: 'configmaps' },
        }
        await scene.eventually(() => review(scene, 'SubjectAccessReview', { as: 'lab-admin', spec }), {
          status: 201,
          body: { status: { allowed: true } },
        })
      },
    ),
    check('A SubjectAccessReview by who may not ask is 403.', everybodyIsAdmin, async (scene) => {
      const spec = { user: 'whoever', resourceAttributes: { verb: 'get', resource: 'configmaps' } }
      fits(await review(scene, 'SubjectAccessReview', { as: 'nora', spec }), {
        status: 403,
        body: {
          message:
            /cannot create resource "subjectaccessreviews" in API group "authorization\.k8s\.io" at the cluster scope$/,
        },
      })
    }),
    check('A SelfSubjectReview tells who I am.', ignoringHeader('authorization'), async ({ ask }) => {
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
      fits(await ask('/apis/authentication.k8s.io/v1/selfsubjectreviews', { as: 'dana', body }), {
        status: 201,
        body: { status: { userInfo: { username: 'dana', groups: ['shop-developers', 'system:authenticated'] } } },
      })
    }),
    check(
      "A TokenReview tells whose token it is, and that a wrong one is nobody's.",
      takingFor(['spec', 'token'], 'nonsense'),
      async ({ ask, token }) => {
        const reviewed = (value: string) =>
          ask('/apis/authentication.k8s.io/v1/tokenreviews', {
            body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: value } },
          })
        const good = await reviewed(token('dana'))
        fits(good, {
          status: 201,
          body: { status: { authenticated: true, user: { username: 'dana', groups: including('shop-developers') } } },
        })
        fits(textAt(good.body, 'status', 'error'), undefined)
        fits(await reviewed('nonsense'), {
          status: 201,
          body: { status: { authenticated: undefined, user: {}, error: /invalid bearer token/ } },
        })
      },
    ),
  ],
}
