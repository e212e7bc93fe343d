import { listAt, textAt } from '@orbweaver/contracts/json'
import { ignoringHeader, ignoringSent, only, stating, takingFor, takingPathFor, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { Difference, fits, including, something } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'
import { userOf, whoAmI } from './who-am-i.ts'

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

export const tokens: Area = {
  title: 'ServiceAccounts, tokens and Secrets',
  checks: [
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
      ignoringSent(['spec', 'expirationSeconds']),
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
    check(
      'A TokenRequest of an account that is not there is 404.',
      takingPathFor(/\/robot\//, '/default/'),
      async (scene) => {
        fits(await tokenRequest(scene, {}), { status: 404, body: { message: 'serviceaccounts "robot" not found' } })
      },
    ),
    check('Tokens end with their ServiceAccount.', undeletable, async (scene) => {
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
    check('A Secret whose data is no base64 is 400.', takingFor(['data', 'one'], 'MQ=='), async ({ ask, at }) => {
      fits(await ask(at('secrets'), { body: { metadata: { name: 'a' }, data: { one: '%' } } }), {
        status: 400,
        body: { message: /illegal base64 data at input byte 0$/ },
      })
    }),
    check(
      'The type of a Secret does not change.',
      only({ method: 'PUT' }, ignoringSent(['type'])),
      async ({ ask, at }) => {
        await ask(at('secrets'), { body: { metadata: { name: 'a' } } })
        fits(
          await ask(at('secrets/a'), { method: 'PUT', body: { metadata: { name: 'a' }, type: 'orbweaver.dev/other' } }),
          {
            status: 422,
            body: { message: 'Secret "a" is invalid: type: Invalid value: "orbweaver.dev/other": field is immutable' },
          },
        )
      },
    ),
    check('A TLS Secret has a certificate and a key.', ignoringSent(['type']), async ({ ask, at }) => {
      const made = await ask(at('secrets'), { body: { metadata: { name: 'a' }, type: 'kubernetes.io/tls' } })
      fits(made, {
        status: 422,
        body: { message: 'Secret "a" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]' },
      })
    }),
    check(
      'A Pod runs as the default ServiceAccount, with its token mounted, unless told otherwise.',
      stating(['spec', 'automountServiceAccountToken'], false),
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
      takingFor(['spec', 'token'], 'nonsense'),
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
