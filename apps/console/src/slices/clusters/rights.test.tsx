import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { RightsSection } from './rights.tsx'

const has = [{ apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list'] }]

describe('rights of the console', () => {
  it('are said to be all, or not known', () => {
    render(<RightsSection of={{ has, lacks: [] }} />)
    expect(screen.getByText('It has every right that its manifest grants')).toBeTruthy()
    render(<RightsSection of={undefined} />)
    expect(screen.getByText('not known')).toBeTruthy()
  })

  it('that are missing come with the role that adds them', () => {
    const lacks = [{ apiGroups: ['sailoperator.io'], resources: ['istios'], verbs: ['create', 'patch'] }]
    render(<RightsSection of={{ has, lacks, manifest: 'kind: ClusterRole' }} />)
    expect(screen.getByRole('table', { name: 'Missing rights' }).textContent).toContain(
      'sailoperator.ioistioscreate, patch',
    )
    expect(screen.getByText('kind: ClusterRole')).toBeTruthy()
  })
})
