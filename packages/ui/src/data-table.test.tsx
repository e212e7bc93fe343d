import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Column, DataTable, type DataTableProps, type TableQuery } from './data-table.tsx'
import { MenuButton } from './menu-button.tsx'
import { show } from './testing.tsx'

type Pod = { name: string; restarts: number }
const rows: Pod[] = [
  { name: 'reviews', restarts: 0 },
  { name: 'ratings', restarts: 3 },
  { name: 'details', restarts: 1 },
]
const followed = vi.fn()
const columns: Column<Pod>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    always: true,
    render: ({ name }) => (
      <a
        href={`#${name}`}
        onClick={(event) => {
          event.preventDefault()
          followed(name)
        }}
      >
        {name}
      </a>
    ),
  },
  { key: 'restarts', title: 'Restarts', numeric: true, render: ({ restarts }) => restarts },
]

const first: TableQuery = { order: 'asc', page: 1, size: 20 }
const asked = vi.fn()

function Pods(props: Partial<DataTableProps<Pod>> & { ticking?: boolean }) {
  const [query, setQuery] = useState(props.query ?? first)
  const [keys, onKeys] = useState<string[]>([])
  const selection = { keys, onKeys, actions: <button type="button">Restart</button> }
  return (
    <DataTable<Pod>
      id="pods"
      label="Pods"
      columns={columns}
      rows={rows}
      total={rows.length}
      rowKey={(pod) => pod.name}
      rowName={(pod) => pod.name}
      query={query}
      onQuery={(next) => {
        asked(next)
        setQuery(next)
      }}
      loading={false}
      failure={undefined}
      empty={<p>No Pod yet</p>}
      {...(props.ticking === true ? { selection } : {})}
      {...props}
    />
  )
}

beforeEach(() => {
  asked.mockClear()
  followed.mockClear()
  localStorage.clear()
})

describe('DataTable', () => {
  it('asks the server for another order, and gives it back at the third click', async () => {
    show(<Pods />)
    const header = screen.getByRole('columnheader', { name: 'Name' })
    expect(header).toHaveProperty('ariaSort', 'none')
    for (const order of ['asc', 'desc', undefined]) {
      await userEvent.click(within(header).getByRole('button'))
      expect(asked).toHaveBeenLastCalledWith(
        expect.objectContaining(order === undefined ? { sort: undefined } : { sort: 'name', order, page: 1 }),
      )
    }
  })

  it('searches after a pause and starts at the first page again', async () => {
    show(<Pods query={{ ...first, page: 3 }} />)
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search' }), 'rev')
    await waitFor(() => expect(asked).toHaveBeenCalledWith(expect.objectContaining({ search: 'rev', page: 1 })))
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('is walked by arrows; Enter opens a row', async () => {
    show(<Pods />)
    const [, one, two] = screen.getAllByRole('row')
    one?.focus()
    await userEvent.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(two)
    await userEvent.keyboard('{Enter}')
    expect(followed).toHaveBeenCalledWith('ratings')
    await userEvent.keyboard('{Home}')
    expect(document.activeElement).toBe(one)
  })

  it('leaves the arrows to a menu that is open in a row', async () => {
    const entries = ['Edit', 'Delete'].map((label) => ({ key: label, label, onSelect: () => undefined }))
    const menu: Column<Pod> = {
      key: 'menu',
      title: 'Actions',
      render: ({ name }) => <MenuButton label={`Actions for ${name}`} trigger="…" entries={entries} />,
    }
    show(<Pods columns={[...columns, menu]} />)
    screen.getByRole('button', { name: 'Actions for reviews' }).focus()
    await userEvent.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByRole('menuitem', { name: 'Edit' }))
    await userEvent.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(screen.getByRole('menuitem', { name: 'Delete' }))
  })

  it('shows the bulk bar instead of the search while rows are ticked', async () => {
    show(<Pods ticking />)
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select reviews' }))
    expect(screen.queryByRole('searchbox')).toBeNull()
    const bar = screen.getByRole('toolbar', { name: '1 selected' })
    expect(within(bar).getByRole('button', { name: 'Restart' })).toBeTruthy()
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all rows of this page' }))
    expect(screen.getByRole('toolbar', { name: '3 selected' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Clear selection' }))
    expect(screen.getByRole('searchbox')).toBeTruthy()
  })

  it('leaves rows alone that cannot be ticked, and says why', async () => {
    const selection = {
      keys: [],
      onKeys: vi.fn(),
      actions: null,
      disabled: (pod: Pod) => (pod.name === 'ratings' ? 'Run by a Job' : undefined),
    }
    show(<Pods selection={selection} />)
    const box = screen.getByRole('checkbox', { name: 'Select ratings' })
    expect(box).toHaveProperty('disabled', true)
    expect(box).toHaveProperty('title', 'Run by a Job')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all rows of this page' }))
    expect(selection.onKeys).toHaveBeenCalledWith(['reviews', 'details'])
  })

  it('hides columns, except the one that names the row, and remembers it', async () => {
    const { unmount } = show(<Pods />)
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }))
    const entries = screen.getAllByRole('menuitemradio')
    expect(entries.map((each) => each.textContent)).toEqual(['Restarts'])
    await userEvent.click(screen.getByRole('menuitemradio', { name: 'Restarts' }))
    expect(screen.queryByRole('columnheader', { name: 'Restarts' })).toBeNull()
    unmount()
    show(<Pods />)
    expect(screen.queryByRole('columnheader', { name: 'Restarts' })).toBeNull()
  })

  it('turns pages', async () => {
    show(<Pods total={45} />)
    expect(screen.getByText('1–20 of 45')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }))
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ page: 2 }))
    expect(screen.getByText('21–40 of 45')).toBeTruthy()
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Rows per page' }), '50')
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ page: 1, size: 50 }))
  })

  it('tells nothing yet from nothing found', async () => {
    const { rerender } = show(<Pods rows={[]} total={0} />)
    expect(screen.getByText('No Pod yet')).toBeTruthy()
    rerender(<Pods rows={[]} total={0} filtered />)
    expect(screen.getByText('Nothing matches')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ search: undefined, page: 1 }))
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
  })

  it('does not say that there is nothing while some clusters cannot be read', () => {
    show(<Pods rows={[]} total={0} unread={['east']} />)
    expect(screen.getByText('Not known now')).toBeTruthy()
    expect(screen.getByText(/cannot be read: east/)).toBeTruthy()
    expect(screen.queryByText('No Pod yet')).toBeNull()
  })

  it('says in its place why it has no rows, and keeps old rows beside the failure', async () => {
    const onRetry = vi.fn()
    const failure = { what: 'Cluster east is gone', next: 'Wait' }
    const { rerender } = show(<Pods rows={undefined} failure={failure} onRetry={onRetry} />)
    expect(screen.getByRole('alert').textContent).toContain('Cluster east is gone')
    expect(screen.queryByRole('table')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onRetry).toHaveBeenCalledOnce()
    rerender(<Pods failure={failure} />)
    expect(screen.getAllByRole('row')).toHaveLength(4)
  })
})
