UPDATE cloud.vm SET name = 'scripted';
