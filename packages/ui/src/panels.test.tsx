import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ConfirmByName } from './confirm-by-name.tsx'
import { Dialog } from './dialog.tsx'
import { Diff } from './diff.tsx'
import { Advanced, FieldLabel, FormDrawer, FormPage } from './form-shell.tsx'
import { MenuButton } from './menu-button.tsx'
import { MergeView } from './merge-view.tsx'
import { Page } from './page.tsx'
import { show } from './testing.tsx'

describe('MenuButton', () => {
  const chosen = vi.fn<(key: string) => void>()
  const menu = (
    <MenuButton
      label="More"
      trigger="…"
      entries={[
        { key: 'a', label: 'Edit', onSelect: () => chosen('a') },
        { key: 'b', label: 'Join', disabled: 'No cluster is free', onSelect: () => chosen('b') },
        { key: 'c', label: 'Delete', danger: true, onSelect: () => chosen('c') },
      ]}
    />
  )

  it('is driven by arrows and gives the focus back on Esc', async () => {
    show(menu)
    const button = screen.getByRole('button', { name: 'More' })
    button.focus()
    await userEvent.keyboard('{Enter}{ArrowDown}{ArrowDown}')
    expect(document.activeElement?.textContent).toBe('Delete')
    await userEvent.keyboard('{ArrowDown}')
    expect(document.activeElement?.textContent).toBe('Edit')
    await userEvent.keyboard('{Escape}')
    expect(document.activeElement).toBe(button)
    expect(screen.queryByRole('menu')).toBeNull()
  })

  it('does nothing for an entry that cannot be chosen, and says why', async () => {
    show(menu)
    await userEvent.click(screen.getByRole('button', { name: 'More' }))
    const entry = screen.getByRole('menuitem', { name: 'JoinNo cluster is free' })
    await userEvent.click(entry)
    expect(chosen).not.toHaveBeenCalled()
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }))
    expect(chosen).toHaveBeenCalledWith('c')
  })

  it('closes when one presses elsewhere', async () => {
    show(
      <>
        {menu}
        <p>elsewhere</p>
      </>,
    )
    await userEvent.click(screen.getByRole('button', { name: 'More' }))
    await userEvent.click(screen.getByText('elsewhere'))
    expect(screen.queryByRole('menu')).toBeNull()
  })
})

describe('Page', () => {
  it('has its name, facts, one action and tabs that stay links', async () => {
    const onSelect = vi.fn()
    show(
      <Page
        title="prod"
        facts={['Managed', undefined, 'v1.30.2']}
        primary={{ label: 'Join cluster', disabled: 'The mesh is not ready', onSelect }}
        tabs={[{ key: 'overview', label: 'Overview', href: '/meshes/prod', onSelect }]}
        tab="overview"
      >
        content
      </Page>,
    )
    expect(screen.getByRole('heading', { level: 1, name: 'prod' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Join cluster' }))
    expect(onSelect).not.toHaveBeenCalled()
    expect(screen.getByText('The mesh is not ready')).toBeTruthy()
    const tab = screen.getByRole('link', { name: 'Overview' })
    expect(tab.getAttribute('aria-current')).toBe('page')
    await userEvent.click(tab)
    expect(onSelect).toHaveBeenCalledOnce()
  })
})

describe('Dialog', () => {
  function Opener() {
    const [open, setOpen] = useState(false)
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          open
        </button>
        {open && (
          <Dialog title="Keys" onClose={() => setOpen(false)}>
            content
          </Dialog>
        )}
      </>
    )
  }

  it('is named by its title and gives the focus back', async () => {
    show(<Opener />)
    const opener = screen.getByRole('button', { name: 'open' })
    await userEvent.click(opener)
    expect(screen.getByRole('dialog', { name: 'Keys' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(opener)
  })
})

describe('ConfirmByName', () => {
  it('lets go only when the name is typed exactly', async () => {
    const onConfirm = vi.fn()
    show(
      <ConfirmByName
        title="Forget east"
        name="east"
        verb="Forget"
        goes={['its credentials']}
        stays={['everything in the cluster']}
        pending={false}
        onConfirm={onConfirm}
        onClose={vi.fn()}
      />,
    )
    const button = screen.getByRole('button', { name: 'Forget' })
    expect(button).toHaveProperty('disabled', true)
    await userEvent.type(screen.getByRole('textbox', { name: 'Type east to confirm' }), 'East')
    expect(button).toHaveProperty('disabled', true)
    await userEvent.clear(screen.getByRole('textbox'))
    await userEvent.type(screen.getByRole('textbox'), 'east')
    await userEvent.click(button)
    expect(onConfirm).toHaveBeenCalledOnce()
    expect(screen.getByText('everything in the cluster')).toBeTruthy()
  })
})

describe('Diff', () => {
  const before = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n')

  it('folds what did not change and opens it on demand', async () => {
    show(<Diff label="reviews" before={before} after={before.replace('line 10', 'line ten')} />)
    const diff = screen.getByRole('region', { name: 'reviews' })
    expect(diff.textContent).toContain('removed: line 10')
    expect(diff.textContent).toContain('added: line ten')
    expect(diff.textContent).not.toContain('line 2')
    await userEvent.click(screen.getByRole('button', { name: 'Show 7 unchanged lines' }))
    expect(diff.textContent).toContain('line 2')
  })

  it('marks the words that changed in a replaced line', () => {
    const { container } = show(<Diff label="x" before={'weight: 100\n'} after={'weight: 90\n'} />)
    expect([...container.querySelectorAll('mark')].map((each) => each.textContent)).toEqual(['100', '90'])
  })

  it('says so when nothing differs', () => {
    show(<Diff label="x" before="a" after="a" />)
    expect(screen.getByText('No difference')).toBeTruthy()
  })
})

describe('MergeView', () => {
  it('waits until every conflict is decided, then gives the merged object', async () => {
    const onMerged = vi.fn()
    show(
      <MergeView
        conflicts={[{ pointer: '/spec/timeout', base: '3s', mine: '5s', theirs: '9s' }]}
        merged={{ spec: { timeout: '5s', retries: 2 } }}
        theirs={{ spec: { timeout: '9s', retries: 1 } }}
        onMerged={onMerged}
      />,
    )
    const button = screen.getByRole('button', { name: 'Use the merged object' })
    expect(button).toHaveProperty('disabled', true)
    await userEvent.click(screen.getByRole('radio', { name: /Take theirs/ }))
    await userEvent.click(button)
    expect(onMerged).toHaveBeenCalledWith({ spec: { timeout: '9s', retries: 2 } })
  })
})

describe('FormPage and FormDrawer', () => {
  type Values = { name: string; alias: string }
  const onSubmit = vi.fn()

  function Fields() {
    return (
      <>
        <Form.Item name="alias" label={<FieldLabel optional>Alias</FieldLabel>}>
          <Input />
        </Form.Item>
        <Form.Item
          name="name"
          label={<FieldLabel field="metadata.name">Name</FieldLabel>}
          rules={[{ required: true, message: 'A mesh needs a name' }]}
        >
          <Input />
        </Form.Item>
        <Advanced title="Image" summary="docker.io/istio">
          more
        </Advanced>
      </>
    )
  }
  function Create(props: { drawer?: boolean; failure?: string }) {
    const [form] = Form.useForm<Values>()
    const shell = {
      form,
      initial: { name: '', alias: '' },
      verb: 'Create',
      onSubmit,
      loading: false,
      failure: props.failure === undefined ? undefined : { what: props.failure },
    }
    if (props.drawer !== true)
      return (
        <FormPage {...shell} onCancel={vi.fn()} preview="objects">
          <Fields />
        </FormPage>
      )
    return (
      <FormDrawer {...shell} title="New mesh" open onClose={vi.fn()}>
        <Fields />
      </FormDrawer>
    )
  }

  it('focuses the first field at fault and counts the faults', async () => {
    show(<Create />)
    await userEvent.click(screen.getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /Name/ })))
    expect(await screen.findByText('A mesh needs a name')).toBeTruthy()
    expect(screen.getByText('Fields that need attention: 1')).toBeTruthy()
    await userEvent.type(screen.getByRole('textbox', { name: /Name/ }), 'prod')
    await userEvent.click(screen.getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(onSubmit).toHaveBeenCalledWith({ name: 'prod', alias: '' }))
  })

  it('shows why the server refused, above the fields', () => {
    show(<Create drawer failure="The name is taken" />)
    expect(screen.getByRole('dialog')).toBeTruthy()
    expect(screen.getByRole('alert').textContent).toContain('The name is taken')
    expect(screen.getByText('docker.io/istio')).toBeTruthy()
  })
})
