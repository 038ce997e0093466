// Most of these tests wait for a venue's patience to end, not for the processor.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
