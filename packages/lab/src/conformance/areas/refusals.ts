import { breaking, ignoring, ignoringHeader, listing, takingFor, takingMethodFor, takingPathFor } from '../breakage.ts'
import { alone, type Area, check } from '../check.ts'
import { fits, something } from '../fits.ts'
import { withoutAnswered, withoutAnswerHeader } from '../forms.ts'
import { configMap } from './objects.ts'

const failure = (code: number, reason: string, message: string) => ({
  status: code,
  headers: { 'content-type': 'application/json' },
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
})

export const refusals: Area = {
  title: 'Refusals',
  checks: [
    check('404 names the resource, the object and both in details.', listing, async ({ ask, at }) => {
      fits(await ask(at('configmaps/none')), failure(404, 'NotFound', 'configmaps "none" not found'))
      const answer = await ask(at('apps/v1/deployments/none'))
      fits(answer, failure(404, 'NotFound', 'deployments.apps "none" not found'))
      fits(answer.body, { details: { name: 'none', group: 'apps', kind: 'deployments' } })
    }),
    check(
      'A resource that a group does not serve is 404, a group that nobody serves a page.',
      takingPathFor(/\/things$/, '/deployments'),
      async ({ ask, at }) => {
        fits(
          await ask(at('apps/v1/things')),
          failure(404, 'NotFound', 'the server could not find the requested resource'),
        )
        fits(await ask(at('nobody.example.com/v1/things')), {
          status: 404,
          text: '404 page not found\n',
          headers: { 'content-type': 'text/plain; charset=utf-8' },
        })
      },
    ),
    check('A method that a resource does not know is 405.', takingMethodFor('PUT', 'POST'), async ({ ask, at }) => {
      fits(
        await ask(at('configmaps'), { method: 'PUT', body: configMap('a') }),
        failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'),
      )
    }),
    check('A form that nobody can write is 406.', ignoringHeader('accept'), async ({ ask, at }) => {
      fits(await ask(at('configmaps'), { headers: { accept: 'text/csv' } }), {
        status: 406,
        body: {
          reason: 'NotAcceptable',
          code: 406,
          message:
            '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch',
        },
      })
    }),
    check('A body of more than 3 MiB is 413.', takingFor(['data', 'k'], 'x'), async ({ ask, at }) => {
      const body = configMap('a', { data: { k: 'x'.repeat(3 * 1024 * 1024) } })
      fits(
        await ask(at('configmaps'), { body }),
        failure(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728'),
      )
    }),
    check(
      'A body of a type that nobody reads is 415.',
      breaking('the type', ({ headers }) => {
        headers['content-type'] = 'application/json'
      }),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { type: 'text/plain', body: configMap('a') }), {
          status: 415,
          body: {
            reason: 'UnsupportedMediaType',
            code: 415,
            message:
              /^the body of the request was in an unknown format - accepted media types include: application\/json, application\/yaml, application\/vnd\.kubernetes\.protobuf/,
          },
        })
      },
    ),
    check(
      '422 has a cause with reason, message and field for each fault.',
      withoutAnswered(['details', 'causes']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: { metadata: { name: 'A' } } }), {
          status: 422,
          body: {
            reason: 'Invalid',
            details: {
              name: 'A',
              kind: 'ConfigMap',
              causes: [{ reason: 'FieldValueInvalid', message: /^Invalid value: "A": /, field: 'metadata.name' }],
            },
          },
        })
      },
    ),
    alone(
      'An overloaded server answers 429 in plain text, with Retry-After.',
      withoutAnswerHeader('retry-after'),
      async ({ ask, at, overload, eventually }) => {
        const recover = await overload()
        const burst = async () => {
          const answers = await Promise.all(Array.from({ length: 30 }, () => ask(at('configmaps'), { as: 'nora' })))
          return answers.find(({ status }) => status === 429)
        }
        try {
          await eventually(burst, {
            text: 'Too many requests, please try again later.\n',
            headers: { 'retry-after': /^\d+$/, 'content-type': 'text/plain; charset=utf-8' },
          })
        } finally {
          await recover()
        }
        await eventually(burst, undefined)
      },
    ),
    check(
      'A Service without endpoints cannot be proxied to: 503.',
      takingPathFor(/\/proxy\/$/, ''),
      async ({ ask, at, eventually }) => {
        await ask(at('services'), {
          body: { metadata: { name: 'a' }, spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] } },
        })
        await eventually(
          () => ask(at('services/a/proxy/')),
          failure(503, 'ServiceUnavailable', 'no endpoints available for service "a"'),
        )
      },
    ),
    check(
      'Answers are not to be cached, and tell an audit id.',
      withoutAnswerHeader('cache-control'),
      async ({ ask, at }) => {
        const { headers } = await ask(at('configmaps'))
        fits(headers, {
          'cache-control': 'no-cache, private',
          'audit-id': /^[0-9a-f-]{36}$/,
          'content-type': 'application/json',
          date: something,
        })
      },
    ),
    check(
      'Long answers are compressed for those who can read that.',
      ignoringHeader('accept-encoding'),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a', { data: { k: 'x'.repeat(200_000) } }) })
        fits((await ask(at('configmaps/a'), { headers: { 'accept-encoding': 'gzip' } })).headers, {
          'content-encoding': 'gzip',
        })
      },
    ),
    check('A limit of pages that is no number is 400.', ignoring('limit'), async ({ ask, at }) => {
      fits(await ask(at('configmaps?limit=many')), {
        status: 400,
        body: { reason: 'BadRequest', message: 'strconv.ParseInt: parsing "many": invalid syntax' },
      })
    }),
  ],
}
