import { recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import {
  breaking,
  ignoringSent,
  only,
  takingBodiesAs,
  takingNonsenseFor,
  takingPathFor,
  takingTypeFor,
} from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, not } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import { applyingInstead } from './applied.ts'
import { configMap, deployment } from './objects.ts'

const deployments = 'apps/v1/deployments'

export const creates: Area = {
  title: 'Create',
  checks: [
    check(
      'A created object has uid, resourceVersion, creationTimestamp and managedFields.',
      withoutAnswered(['metadata', 'managedFields']),
      async ({ ask, at, namespace }) => {
        fits(await ask(at('configmaps'), { body: configMap('a', { data: { k: 'v' } }) }), {
          status: 201,
          body: {
            kind: 'ConfigMap',
            apiVersion: 'v1',
            metadata: {
              name: 'a',
              namespace,
              uid: /^[0-9a-f-]{36}$/,
              resourceVersion: /^\d+$/,
              creationTimestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
              managedFields: [
                {
                  manager: 'conformance',
                  operation: 'Update',
                  apiVersion: 'v1',
                  fieldsType: 'FieldsV1',
                  fieldsV1: { 'f:data': { '.': {}, 'f:k': {} } },
                },
              ],
            },
          },
        })
      },
    ),
    check('What exists is not created again: 409 AlreadyExists.', applyingInstead, async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a') })
      fits(await ask(at('configmaps'), { body: configMap('a') }), {
        status: 409,
        body: {
          kind: 'Status',
          status: 'Failure',
          reason: 'AlreadyExists',
          message: 'configmaps "a" already exists',
          details: { name: 'a', kind: 'configmaps' },
          code: 409,
        },
      })
    }),
    check(
      'AlreadyExists of a group names it: plural.group in the text, the group in the details.',
      withoutAnswered(['details', 'group']),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        fits(await ask(at(deployments), { body: deployment('a') }), {
          status: 409,
          body: {
            message: 'deployments.apps "a" already exists',
            details: { name: 'a', group: 'apps', kind: 'deployments' },
          },
        })
      },
    ),
    check(
      'A new object may not name a resourceVersion.',
      ignoringSent(['metadata', 'resourceVersion']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: configMap('a', { metadata: { name: 'a', resourceVersion: '1' } }) }), {
          status: 500,
          body: { code: 500, message: 'resourceVersion should not be set on objects to be created' },
        })
      },
    ),
    check(
      'generateName gives a name: the prefix and five letters or digits.',
      ignoringSent(['metadata', 'generateName']),
      async ({ ask, at }) => {
        const first = await ask(at('configmaps'), { body: { metadata: { generateName: 'gen-' } } })
        const second = await ask(at('configmaps'), { body: { metadata: { generateName: 'gen-' } } })
        fits(first, { status: 201, body: { metadata: { name: /^gen-[a-z0-9]{5}$/, generateName: 'gen-' } } })
        fits(textAt(second.body, 'metadata', 'name'), not(textAt(first.body, 'metadata', 'name')))
      },
    ),
    check(
      'generateName cuts a long prefix, so that a name has 63 characters.',
      breaking('the cut', ({ body }) => {
        const { generateName } = stringsAt(body, 'metadata')
        if (generateName !== undefined) recordAt(body, 'metadata').name = `${generateName}abcde`
      }),
      async ({ ask, at }) => {
        const answer = await ask(at('configmaps'), { body: { metadata: { generateName: `${'p'.repeat(70)}-` } } })
        fits(answer, { status: 201, body: { metadata: { name: /^p{58}[a-z0-9]{5}$/ } } })
      },
    ),
    check(
      'An object without name and generateName is 422.',
      only(
        { method: 'POST' },
        takingBodiesAs(() => ({ metadata: { name: 'given' } })),
      ),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: { metadata: {} } }), {
          status: 422,
          body: {
            reason: 'Invalid',
            message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
          },
        })
      },
    ),
    check(
      'The namespace of the body must be that of the URL.',
      ignoringSent(['metadata', 'namespace']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: configMap('a', { metadata: { name: 'a', namespace: 'default' } }) }), {
          status: 400,
          body: {
            reason: 'BadRequest',
            message: 'the namespace of the provided object does not match the namespace sent on the request',
          },
        })
      },
    ),
    check(
      'Nothing is created in a namespace that is not there: 404 of the namespace.',
      takingPathFor(/[^/]+-missing/, 'default'),
      async ({ ask, unique }) => {
        const missing = unique('missing')
        fits(await ask(`/api/v1/namespaces/${missing}/configmaps`, { body: configMap('a') }), {
          status: 404,
          body: {
            reason: 'NotFound',
            message: `namespaces "${missing}" not found`,
            details: { name: missing, kind: 'namespaces' },
          },
        })
      },
    ),
    check(
      'A body of another kind than the URL is 400.',
      ignoringSent(['kind'], ['apiVersion']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } } }), {
          status: 400,
          body: {
            reason: 'BadRequest',
            message:
              'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
          },
        })
      },
    ),
    check('A body that is no JSON is 400.', takingNonsenseFor(configMap('a')), async ({ ask, at }) => {
      fits(await ask(at('configmaps'), { body: '{"kind":' }), {
        status: 400,
        body: {
          reason: 'BadRequest',
          message: /couldn't get version\/kind; json parse error: unexpected end of JSON input/,
        },
      })
    }),
    check(
      'YAML is read and written on request.',
      takingTypeFor('application/yaml', 'application/json'),
      async ({ ask, at }) => {
        const made = await ask(at('configmaps'), {
          type: 'application/yaml',
          body: 'metadata:\n  name: a\ndata:\n  k: v\n',
        })
        fits(made, { status: 201, body: { data: { k: 'v' } } })
        const read = await ask(at('configmaps/a'), { headers: { accept: 'application/yaml' } })
        fits(read, { status: 200, headers: { 'content-type': 'application/yaml' }, text: /^ {2}k: v$/m })
      },
    ),
  ],
}
