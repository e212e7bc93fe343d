import type { JsonRecord } from '@orbweaver/contracts/json'
import { ignoringSent, only, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import { withoutAnswerHeader } from '../forms.ts'
import type { Answer, Scene } from '../scene.ts'
import { customKind, objectsOf, serve } from './custom-kind.ts'
import { configMap, deployment } from './objects.ts'

const unknownSpec = (): JsonRecord => deployment('a', { replcas: 3 })
const named = ({ ask, at }: Scene, resource: string, name: string): Promise<Answer> =>
  ask(at(resource), { body: { metadata: { name } } })

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

/** Whatever is to be named, is named well. */
const renaming = only({ method: 'POST' }, takingFor(['metadata', 'name'], 'good'))

const withLabels = (labels: Record<string, string>): JsonRecord => configMap('a', { metadata: { name: 'a', labels } })
const withAnnotations = (annotations: Record<string, string>): JsonRecord =>
  configMap('a', { metadata: { name: 'a', annotations } })

export const names: Area = {
  title: 'Names, labels and limits',
  checks: [
    check('A name is a lower-case subdomain.', renaming, async (scene) => {
      fits(await named(scene, 'configmaps', 'Not_Good'), {
        status: 422,
        body: { message: `ConfigMap "Not_Good" is invalid: metadata.name: Invalid value: "Not_Good": ${subdomain}` },
      })
    }),
    check('A name has at most 253 characters.', renaming, async (scene) => {
      fits(await named(scene, 'configmaps', 'a'.repeat(253)), { status: 201 })
      fits(await named(scene, 'configmaps', 'a'.repeat(254)), {
        status: 422,
        body: { message: /: must be no more than 253 characters$/ },
      })
    }),
    check(
      'The name of a Service is a label of at most 63 characters, which may begin with a digit.',
      renaming,
      async ({ ask, at }) => {
        const service = (name: string) =>
          ask(at('services'), { body: { metadata: { name }, spec: { ports: [{ port: 80 }] } } })
        fits(await service('1a'), { status: 201 })
        fits(await service('a.b'), {
          status: 422,
          body: { message: 'Service "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots' },
        })
        fits(await service('a'.repeat(64)), { status: 422, body: { message: /must be no more than 63 characters/ } })
      },
    ),
    check('The name of a Namespace is a label of at most 63 characters.', renaming, async ({ ask, unique }) => {
      const made = (name: string) => ask('/api/v1/namespaces?dryRun=All', { body: { metadata: { name } } })
      fits(await made('with.dot'), {
        status: 422,
        body: {
          message: 'Namespace "with.dot" is invalid: metadata.name: Invalid value: "with.dot": must not contain dots',
        },
      })
      fits(await made(unique('a').padEnd(64, 'a')), {
        status: 422,
        body: { message: /must be no more than 63 (characters|bytes)/ },
      })
    }),
    check('The name of a Role may have colons, and no slash.', renaming, async ({ ask, at }) => {
      const role = (name: string) =>
        ask(at('rbac.authorization.k8s.io/v1/roles'), { body: { metadata: { name }, rules: [] } })
      fits(await role('orbweaver:reader'), { status: 201, body: { metadata: { name: 'orbweaver:reader' } } })
      fits(await role('a%b'), {
        status: 422,
        body: { message: /metadata\.name: Invalid value: "a%b": may not contain '%'$/ },
      })
    }),
    check(
      'A label key has a prefix that is a subdomain and a name of at most 63 characters.',
      ignoringSent(['metadata', 'labels']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: withLabels({ 'Bad_Prefix/x': 'y' }) }), {
          status: 422,
          body: {
            message: /metadata\.labels: Invalid value: "Bad_Prefix\/x": prefix part a lowercase RFC 1123 subdomain/,
          },
        })
        const long = 'x'.repeat(64)
        fits(await ask(at('configmaps'), { body: withLabels({ [long]: 'y' }) }), {
          status: 422,
          body: { message: /name part must be no more than 63 (characters|bytes)/ },
        })
      },
    ),
    check('A label value has at most 63 characters.', ignoringSent(['metadata', 'labels']), async ({ ask, at }) => {
      const long = 'x'.repeat(64)
      fits(await ask(at('configmaps'), { body: withLabels({ x: long }) }), {
        status: 422,
        body: {
          message: `ConfigMap "a" is invalid: metadata.labels: Invalid value: "${long}": must be no more than 63 bytes`,
        },
      })
    }),
    check(
      'Annotations have at most 256 KiB together.',
      ignoringSent(['metadata', 'annotations']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: withAnnotations({ x: 'y'.repeat(256 * 1024) }) }), {
          status: 422,
          body: {
            message: 'ConfigMap "a" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
          },
        })
      },
    ),
    check(
      'A ConfigMap holds at most 1 MiB, and its keys are file names.',
      ignoringSent(['data']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: configMap('a', { data: { k: 'x'.repeat(1024 * 1024 + 1) } }) }), {
          status: 422,
          body: { message: 'ConfigMap "a" is invalid: []: Too long: may not be more than 1048576 bytes' },
        })
        fits(await ask(at('configmaps'), { body: configMap('a', { data: { 'a/b': 'x' } }) }), {
          status: 422,
          body: { message: /^ConfigMap "a" is invalid: data\[a\/b\]: Invalid value: "a\/b": a valid config key must/ },
        })
      },
    ),
    check('A finalizer is a qualified name.', ignoringSent(['metadata', 'finalizers']), async ({ ask, at }) => {
      const body = configMap('a', { metadata: { name: 'a', finalizers: ['not good'] } })
      fits(await ask(at('configmaps'), { body }), {
        status: 422,
        body: { message: /metadata\.finalizers: Invalid value: "not good": name part must consist of alphanumeric/ },
      })
    }),
    check(
      'An owner reference is whole, and only one controls.',
      ignoringSent(['metadata', 'ownerReferences']),
      async ({ ask, at }) => {
        const owner = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, uid: name, controller: true })
        const body = (...ownerReferences: object[]) => configMapWith(ownerReferences)
        fits(await ask(at('configmaps'), { body: body(owner('x'), owner('y')) }), {
          status: 422,
          body: {
            message:
              /metadata\.ownerReferences: Invalid value: .*Only one reference can have Controller set to true\. Found "true" in references for (ConfigMap\/)?x and (ConfigMap\/)?y$/s,
          },
        })
        fits(await ask(at('configmaps'), { body: body({ ...owner('x'), uid: '' }) }), {
          status: 422,
          body: { message: /metadata\.ownerReferences\.uid: Invalid value: "": must not be empty/ },
        })
      },
    ),
    check(
      'A deprecated version warns whoever uses it.',
      ignoringSent(['spec', 'versions', '*', 'deprecated'], ['spec', 'versions', '*', 'deprecationWarning']),
      async (scene) => {
        const kind = customKind(scene, {
          version: { deprecated: true, deprecationWarning: 'widgets are of yesterday' },
        })
        await serve(scene, kind)
        fits(await scene.ask(objectsOf(scene, kind)), { status: 200, warnings: ['widgets are of yesterday'] })
      },
    ),
    check(
      'A Warning header is 299, without agent, and its text is quoted.',
      withoutAnswerHeader('warning'),
      async ({ ask, at }) => {
        const { headers } = await ask(at('apps/v1/deployments'), { body: unknownSpec() })
        fits(headers, { warning: '299 - "unknown field \\"spec.replcas\\""' })
      },
    ),
  ],
}

const configMapWith = (ownerReferences: object[]): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ownerReferences },
})
