import type { JsonRecord } from '@orbweaver/contracts/json'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { open } from '../../../../testing.tsx'
import { OtherValues } from './other-values.tsx'
import { OtherValuesSection } from './section.tsx'

afterEach(() => vi.unstubAllGlobals())

const specs: JsonRecord[] = []

function Held(props: { spec: JsonRecord }) {
  const [spec, setSpec] = useState(props.spec)
  const take = (next: JsonRecord) => {
    specs.push(next)
    setSpec(next)
  }
  return <OtherValues spec={spec} onSpec={take} />
}

async function show(values: JsonRecord, version = 'v1.30.3') {
  specs.length = 0
  await open(<Held spec={{ version, settings: { future: 1 }, values }} />)
}

const list = () => screen.findByRole('listbox', { name: 'Values' })

async function choose(query: string, path: string): Promise<HTMLElement> {
  fireEvent.change(await screen.findByRole('searchbox', { name: 'Search values' }), { target: { value: query } })
  await userEvent.click(await within(await list()).findByText(path))
  return screen.findByRole('region', { name: path })
}

it('finds a value by its words, sets it and takes it out again, one path at a time', async () => {
  await show({ pilot: { env: { A: 'b' } } })
  const detail = await choose('worker threads', 'meshConfig.defaultConfig.concurrency')
  expect(detail.textContent).toContain('after workloads restart')
  fireEvent.change(within(detail).getByRole('spinbutton'), { target: { value: '4' } })
  expect(specs.at(-1)).toEqual({
    version: 'v1.30.3',
    settings: { future: 1 },
    values: { pilot: { env: { A: 'b' } }, meshConfig: { defaultConfig: { concurrency: 4 } } },
  })
  await userEvent.click(screen.getByRole('button', { name: 'Remove meshConfig.defaultConfig.concurrency' }))
  expect(specs.at(-1)?.values).toEqual({ pilot: { env: { A: 'b' } } })
})

it('makes only the lines in sight, and goes through them by keys', async () => {
  await show({})
  const box = await list()
  const [first] = within(box).getAllByRole('option')
  expect(within(box).getAllByRole('option').length).toBeLessThan(30)
  expect(Number(first?.getAttribute('aria-setsize'))).toBeGreaterThan(300)
  fireEvent.keyDown(box, { key: 'ArrowDown' })
  fireEvent.keyDown(box, { key: 'ArrowDown' })
  const [, second] = within(box).getAllByRole('option')
  await waitFor(() => expect(second?.getAttribute('aria-selected')).toBe('true'))
  expect(box.getAttribute('aria-activedescendant')).toBe(second?.id)
  fireEvent.keyDown(box, { key: 'End' })
  await waitFor(() => expect(screen.getByRole('region', { name: 'telemetry.v2.stackdriver.enabled' })).toBeTruthy())
})

it('shows what is set, also what Istio does not know, and how that differs from the chart', async () => {
  await show({ pilot: { autoscaleBehavior: { scaleUp: {} } }, meshConfig: { 'acces.Log': 1, connectTimeout: '1m' } })
  await userEvent.click(await screen.findByText('Set here (3)'))
  expect(
    within(await list())
      .getAllByRole('option')
      .map((each) => each.textContent),
  ).toEqual([
    'meshConfig.acces.Log1 to be corrected · Not known · 1',
    'meshConfig.connectTimeout1 to be corrected · 1m',
    'pilot.autoscaleBehavior{"scaleUp":{}}',
  ])
  await userEvent.click(screen.getByText('meshConfig.connectTimeout'))
  expect((await screen.findByRole('alert')).textContent).toContain('in seconds')
  await userEvent.click(screen.getByText('Difference from Istio'))
  const diff = await screen.findByRole('region', { name: 'Difference from Istio' })
  expect(diff.textContent).toContain('removed:   autoscaleBehavior: {}')
  await userEvent.click(screen.getByText('Set here (3)'))
  await userEvent.click(within(await list()).getByText('meshConfig.acces.Log'))
  await userEvent.click(await screen.findByRole('button', { name: 'Remove meshConfig.acces.Log' }))
  expect(specs.at(-1)?.values).toMatchObject({ meshConfig: { connectTimeout: '1m' } })
})

it('leaves to settings and to the mesh what they decide', async () => {
  await show({ meshConfig: { accessLogFile: '' } })
  const set = await choose('accessLogFile', 'meshConfig.accessLogFile')
  expect(set.textContent).toContain('goes over “Access log”')
  expect(within(set).queryByRole('textbox')).toBeNull()
  const owned = await choose('global.meshID', 'global.meshID')
  expect(owned.textContent).toContain('Mesh ID')
  expect(within(owned).queryByRole('textbox')).toBeNull()
  const part = await choose('proxyMetadata', 'meshConfig.defaultConfig.proxyMetadata')
  fireEvent.change(within(part).getByRole('textbox'), { target: { value: 'ISTIO_META_DNS_CAPTURE: "true"' } })
  expect(specs.at(-1)?.values).toMatchObject({
    meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } },
  })
})

it('says that it does not know a version', async () => {
  await show({}, 'v1.32.0-alpha.527f8d6c')
  expect(await screen.findByText(/values of this version are not known/)).toBeTruthy()
})

function HeldSection(props: { spec: JsonRecord }) {
  const [spec, setSpec] = useState(props.spec)
  const onSpec = (next: JsonRecord) => {
    specs.push(next)
    setSpec(next)
  }
  return <OtherValuesSection kind="Managed" spec={spec} onSpec={onSpec} />
}

it('clears what a member inherits by null, and takes that out again', async () => {
  specs.length = 0
  const members = [{ cluster: 'west' }, { cluster: 'east', values: { pilot: { traceSampling: 5 } } }]
  const spec = { version: 'v1.30.3', values: { pilot: { traceSampling: 1 } }, members }
  await open(<HeldSection spec={spec} />)
  await userEvent.click(await screen.findByText('Other values'))
  fireEvent.mouseDown(await screen.findByRole('combobox', { name: 'Values of' }))
  await userEvent.click(await screen.findByTitle('east'))
  expect((await screen.findByText(/What east says otherwise/)).textContent).toContain('1.30')
  await choose('enableNamespacesByDefault', 'sidecarInjectorWebhook.enableNamespacesByDefault')
  await userEvent.click(screen.getByRole('button', { name: /^Clear sidecarInjectorWebhook/ }))
  const own = (values: JsonRecord) => [members[0], { cluster: 'east', values }]
  const sampled = { pilot: { traceSampling: 5 } }
  expect(specs.at(-1)).toEqual({
    ...spec,
    members: own({ ...sampled, sidecarInjectorWebhook: { enableNamespacesByDefault: null } }),
  })
  expect(screen.queryByRole('button', { name: /^Clear sidecarInjectorWebhook/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: /^Remove sidecarInjectorWebhook/ }))
  expect(specs.at(-1)?.members).toEqual(own(sampled))
})
