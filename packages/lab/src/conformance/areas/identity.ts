import { listAt, textAt } from '@orbweaver/contracts/json'
import { answering, everybodyIsAdmin, ignoringHeader, ignoringSent, mistaking, withoutAnswered } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { Difference, fits, including, something } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'

const whoAmI = (
  { ask }: Scene,
  how: { as?: string; token?: string; headers?: Record<string, string | string[]> },
): Promise<Answer> =>
  ask('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    ...how,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
  })

const userOf = (answer: Answer) => ({ status: answer.status, user: Object(Object(answer.body).status).userInfo })

const impersonating = (user: string, more: Record<string, string | string[]> = {}) => ({
  headers: { 'impersonate-user': user, ...more },
})

async function account({ ask, at }: Scene, name = 'robot'): Promise<string> {
  const made = await ask(at('serviceaccounts'), { body: { metadata: { name } } })
  return textAt(made.body, 'metadata', 'uid') ?? ''
}

const tokenRequest = ({ ask, at }: Scene, spec: object, name = 'robot'): Promise<Answer> =>
  ask(at(`serviceaccounts/${name}/token`), {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec },
  })

const tokenOf = (answer: Answer): string => textAt(answer.body, 'status', 'token') ?? ''

/** The payload of a JSON Web Token, unverified. */
function claimsOf(token: string): unknown {
  const [, payload] = token.split('.')
  if (payload === undefined) throw new Difference(`no token: ${JSON.stringify(token)}`)
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return claims
}

const review = ({ ask }: Scene, spec: object): Promise<Answer> =>
  ask('/apis/authentication.k8s.io/v1/tokenreviews', {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec },
  })

const tokenSecret = (type = 'kubernetes.io/service-account-token') => ({
  metadata: { name: 'key', annotations: { 'kubernetes.io/service-account.name': 'robot' } },
  type,
})

export const identity: Area = {
  title: 'Identity, impersonation and tokens',
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
    check(
      'A TokenRequest gives a token of the ServiceAccount, with its end.',
      ignoringHeader('authorization'),
      async (scene) => {
        const uid = await account(scene)
        const answer = await tokenRequest(scene, { expirationSeconds: 3600 })
        fits(answer, {
          status: 201,
          body: {
            kind: 'TokenRequest',
            spec: { expirationSeconds: 3600 },
            status: { token: something, expirationTimestamp: /Z$/ },
          },
        })
        fits(userOf(await whoAmI(scene, { token: tokenOf(answer) })), {
          status: 201,
          user: {
            username: `system:serviceaccount:${scene.namespace}:robot`,
            uid,
            groups: including('system:serviceaccounts', `system:serviceaccounts:${scene.namespace}`),
          },
        })
      },
    ),
    check(
      'Such a token is a JSON Web Token: issuer, subject, audience, times, and its account.',
      withoutAnswered(['status', 'token']),
      async (scene) => {
        const uid = await account(scene)
        const answer = await tokenRequest(scene, { expirationSeconds: 900 })
        fits(claimsOf(tokenOf(answer)), {
          iss: /^https:\/\/kubernetes\.default\.svc/,
          sub: `system:serviceaccount:${scene.namespace}:robot`,
          aud: [/^https:\/\/kubernetes\.default\.svc/],
          exp: (value: unknown) => typeof value === 'number' && Math.abs(value - Date.now() / 1000 - 900) < 120,
          'kubernetes.io': { namespace: scene.namespace, serviceaccount: { name: 'robot', uid } },
        })
      },
    ),
    check(
      'A token for another audience is no key to the API server.',
      ignoringSent(['spec', 'audiences']),
      async (scene) => {
        await account(scene)
        const token = tokenOf(await tokenRequest(scene, { audiences: ['vault'] }))
        fits(await whoAmI(scene, { token }), { status: 401 })
        fits((await review(scene, { token, audiences: ['vault'] })).body, {
          status: { authenticated: true, audiences: ['vault'] },
        })
      },
    ),
    check(
      'A TokenRequest of less than ten minutes is 422.',
      ignoringSent(['spec', 'expirationSeconds']),
      async (scene) => {
        await account(scene)
        fits(await tokenRequest(scene, { expirationSeconds: 60 }), {
          status: 422,
          body: {
            message: /spec\.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes$/,
          },
        })
      },
    ),
    check('A TokenRequest of an account that is not there is 404.', mistaking(404, 201), async (scene) => {
      fits(await tokenRequest(scene, {}), { status: 404, body: { message: 'serviceaccounts "robot" not found' } })
    }),
    check('Tokens end with their ServiceAccount.', mistaking(401, 201), async (scene) => {
      const { ask, at } = scene
      await account(scene)
      const token = tokenOf(await tokenRequest(scene, {}))
      fits(await whoAmI(scene, { token }), { status: 201 })
      await ask(at('serviceaccounts/robot'), { method: 'DELETE' })
      await scene.eventually(() => whoAmI(scene, { token }), { status: 401 })
    }),
    check(
      'A Secret of type service-account-token is filled: token, ca.crt, namespace, and the uid of its account.',
      ignoringSent(['type']),
      async (scene) => {
        const { ask, at, namespace } = scene
        const uid = await account(scene)
        await ask(at('secrets'), { body: tokenSecret() })
        await scene.eventually(() => ask(at('secrets/key')), {
          status: 200,
          body: {
            data: { token: something, 'ca.crt': something, namespace: Buffer.from(namespace).toString('base64') },
            metadata: { annotations: { 'kubernetes.io/service-account.uid': uid } },
          },
        })
        const token = Buffer.from(
          textAt((await ask(at('secrets/key'))).body, 'data', 'token') ?? '',
          'base64',
        ).toString()
        fits(userOf(await whoAmI(scene, { token })), { user: { username: `system:serviceaccount:${namespace}:robot` } })
      },
    ),
    check(
      'A token Secret goes with its ServiceAccount, and its token with it.',
      ignoringSent(['type']),
      async (scene) => {
        const { ask, at } = scene
        await account(scene)
        await ask(at('secrets'), { body: tokenSecret() })
        await scene.eventually(() => ask(at('secrets/key')), { body: { data: { token: something } } })
        await ask(at('serviceaccounts/robot'), { method: 'DELETE' })
        await scene.eventually(() => ask(at('secrets/key')), { status: 404 })
      },
    ),
    check('A token Secret without the name of its account is 422.', ignoringSent(['type']), async ({ ask, at }) => {
      const body = { metadata: { name: 'key' }, type: 'kubernetes.io/service-account-token' }
      fits(await ask(at('secrets'), { body }), {
        status: 422,
        body: { message: /metadata\.annotations\[kubernetes\.io\/service-account\.name\]: Required value$/ },
      })
    }),
    check(
      'A Secret keeps data in base64, takes stringData, and is Opaque.',
      ignoringSent(['stringData']),
      async ({ ask, at }) => {
        const made = await ask(at('secrets'), {
          body: { metadata: { name: 'a' }, data: { one: 'MQ==' }, stringData: { two: '2' } },
        })
        fits(made, { status: 201, body: { type: 'Opaque', data: { one: 'MQ==', two: 'Mg==' }, stringData: undefined } })
      },
    ),
    check('A Secret whose data is no base64 is 400.', mistaking(400, 201), async ({ ask, at }) => {
      fits(await ask(at('secrets'), { body: { metadata: { name: 'a' }, data: { one: '%' } } }), {
        status: 400,
        body: { message: /illegal base64 data at input byte 0$/ },
      })
    }),
    check('The type of a Secret does not change.', mistaking(422, 200), async ({ ask, at }) => {
      await ask(at('secrets'), { body: { metadata: { name: 'a' } } })
      fits(
        await ask(at('secrets/a'), { method: 'PUT', body: { metadata: { name: 'a' }, type: 'orbweaver.dev/other' } }),
        {
          status: 422,
          body: { message: 'Secret "a" is invalid: type: Invalid value: "orbweaver.dev/other": field is immutable' },
        },
      )
    }),
    check('A TLS Secret has a certificate and a key.', mistaking(422, 201), async ({ ask, at }) => {
      const made = await ask(at('secrets'), { body: { metadata: { name: 'a' }, type: 'kubernetes.io/tls' } })
      fits(made, {
        status: 422,
        body: { message: 'Secret "a" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]' },
      })
    }),
    check(
      'A Pod runs as the default ServiceAccount, with its token mounted, unless told otherwise.',
      withoutAnswered(['spec', 'volumes']),
      async (scene) => {
        const { ask, at } = scene
        await scene.eventually(() => ask(at('serviceaccounts/default')), { status: 200 })
        const containers = [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }]
        const pod = (name: string, more: object) =>
          ask(at('pods?dryRun=All'), { body: { metadata: { name }, spec: { containers, ...more } } })
        const mounted = await pod('a', {})
        fits(mounted, {
          status: 201,
          body: {
            spec: {
              serviceAccountName: 'default',
              volumes: [{ name: /^kube-api-access-/ }],
              containers: [
                {
                  volumeMounts: [
                    {
                      name: /^kube-api-access-/,
                      readOnly: true,
                      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
                    },
                  ],
                },
              ],
            },
          },
        })
        fits(listAt((await pod('b', { automountServiceAccountToken: false })).body, 'spec', 'volumes'), [])
        fits(await pod('c', { serviceAccountName: 'nobody' }), {
          status: 403,
          body: {
            message: /^pods "c" is forbidden: error looking up service account .*: serviceaccount "nobody" not found$/,
          },
        })
      },
    ),
    check(
      'A TokenReview answers the uid and groups of an account.',
      answering(['status', 'authenticated'], false),
      async (scene) => {
        const uid = await account(scene)
        const token = tokenOf(await tokenRequest(scene, {}))
        fits((await review(scene, { token })).body, {
          status: {
            authenticated: true,
            user: { uid, username: `system:serviceaccount:${scene.namespace}:robot` },
            audiences: [/^https:/],
          },
        })
      },
    ),
  ],
}
