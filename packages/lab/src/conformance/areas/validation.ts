import type { JsonRecord } from '@orbweaver/contracts/json'
import { asking, ignoring, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import { customKind, objectsOf, serve, widget } from './custom-kind.ts'
import { deployment, patchType } from './objects.ts'

const unknownSpec = (): JsonRecord => deployment('a', { replcas: 3 })
const deployments = (validation: string): string => `apps/v1/deployments?fieldValidation=${validation}`

export const validation: Area = {
  title: 'Validation and warnings',
  checks: [
    check(
      'fieldValidation=Strict refuses unknown fields: 400 strict decoding error.',
      ignoring('fieldValidation'),
      async ({ ask, at }) => {
        fits(await ask(at(deployments('Strict')), { body: unknownSpec() }), {
          status: 400,
          body: {
            reason: 'BadRequest',
            message:
              'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replcas"',
          },
        })
      },
    ),
    check(
      'fieldValidation=Warn accepts, drops unknown fields, and warns of each.',
      asking({ fieldValidation: 'Ignore' }),
      async ({ ask, at }) => {
        const answer = await ask(at(deployments('Warn')), { body: unknownSpec() })
        fits(answer, {
          status: 201,
          warnings: ['unknown field "spec.replcas"'],
          body: { spec: { replcas: undefined } },
        })
      },
    ),
    check('Without fieldValidation a server warns.', asking({ fieldValidation: 'Ignore' }), async ({ ask, at }) => {
      fits(await ask(at('apps/v1/deployments'), { body: unknownSpec() }), {
        status: 201,
        warnings: ['unknown field "spec.replcas"'],
      })
    }),
    check('fieldValidation=Ignore accepts in silence.', ignoring('fieldValidation'), async ({ ask, at }) => {
      fits(await ask(at(deployments('Ignore')), { body: unknownSpec() }), { status: 201, warnings: [] })
    }),
    check('fieldValidation=Strict holds for patches, too.', ignoring('fieldValidation'), async ({ ask, at }) => {
      await ask(at('apps/v1/deployments'), { body: deployment('a') })
      const how = { method: 'PATCH', type: patchType.merge, body: { spec: { replcas: 3 } } }
      fits(await ask(at('apps/v1/deployments/a?fieldValidation=Strict'), how), {
        status: 422,
        body: { reason: 'Invalid', message: /strict decoding error: unknown field "spec\.replcas"$/ },
      })
    }),
    check('fieldValidation=Strict holds for custom kinds, too.', ignoring('fieldValidation'), async (scene) => {
      const kind = customKind(scene, {})
      await serve(scene, kind)
      const path = `${objectsOf(scene, kind)}?fieldValidation=Strict`
      fits(await scene.ask(path, { body: widget(kind, 'a', { nobody: 1 }) }), {
        status: 400,
        body: {
          message:
            'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.nobody"',
        },
      })
    }),
    check(
      'fieldValidation knows three words: anything else is 422.',
      ignoring('fieldValidation'),
      async ({ ask, at }) => {
        fits(await ask(at(deployments('Perhaps')), { body: deployment('a') }), {
          status: 422,
          body: {
            message:
              'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Perhaps": supported values: "", "Ignore", "Strict", "Warn"',
          },
        })
      },
    ),
    check(
      'A value of another type is 400, and names the field as Go does.',
      takingFor(['spec', 'replicas'], 3),
      async ({ ask, at }) => {
        fits(await ask(at('apps/v1/deployments'), { body: deployment('a', { replicas: 'three' }) }), {
          status: 400,
          body: {
            reason: 'BadRequest',
            message:
              'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
          },
        })
      },
    ),
    check(
      'Several invalid fields are told at once, with a cause each.',
      takingFor(['spec', 'ports'], [{ port: 0 }]),
      async ({ ask, at }) => {
        const body = { metadata: { name: 'a' }, spec: { ports: [{ port: 0 }, { port: 70000 }] } }
        fits(await ask(at('services'), { body }), {
          status: 422,
          body: {
            reason: 'Invalid',
            message: /^Service "a" is invalid: \[/,
            details: {
              name: 'a',
              kind: 'Service',
              causes: including(
                {
                  reason: 'FieldValueInvalid',
                  field: 'spec.ports[0].port',
                  message: 'Invalid value: 0: must be between 1 and 65535, inclusive',
                },
                {
                  reason: 'FieldValueInvalid',
                  field: 'spec.ports[1].port',
                  message: 'Invalid value: 70000: must be between 1 and 65535, inclusive',
                },
                { reason: 'FieldValueRequired', field: 'spec.ports[0].name', message: 'Required value' },
              ),
            },
          },
        })
      },
    ),
    check(
      'A required field that is missing is FieldValueRequired.',
      takingFor(['spec', 'template', 'spec', 'containers'], [{ name: 'main', image: 'main:1' }]),
      async ({ ask, at }) => {
        const body = deployment('a', { template: { metadata: { labels: { app: 'a' } }, spec: { containers: [] } } })
        fits(await ask(at('apps/v1/deployments'), { body }), {
          status: 422,
          body: {
            message: 'Deployment.apps "a" is invalid: spec.template.spec.containers: Required value',
            details: {
              group: 'apps',
              kind: 'Deployment',
              causes: [{ reason: 'FieldValueRequired', field: 'spec.template.spec.containers' }],
            },
          },
        })
      },
    ),
    check(
      'The selector of a Deployment must fit the labels of its Pods.',
      takingFor(['spec', 'selector', 'matchLabels', 'app'], 'a'),
      async ({ ask, at }) => {
        fits(
          await ask(at('apps/v1/deployments'), { body: deployment('a', { selector: { matchLabels: { app: 'b' } } }) }),
          {
            status: 422,
            body: {
              message:
                /^Deployment\.apps "a" is invalid: spec\.template\.metadata\.labels: Invalid value: \{"app":"a"\}: `selector` does not match template `labels`$/,
            },
          },
        )
      },
    ),
  ],
}
